import { setImmediate } from 'node:timers/promises';
import { OpenTexts } from '../core/prior/openTexts';
import type { Emit, EngineHandlers } from '../protocol/engineServer';
import { loadLlamaModel } from './llamaModel';
import { ModelRoles } from './modelRoles';
import { Turns } from './turns';

export interface Engine {
	/** The methods that the host calls: one function for each method of the contract. */
	readonly handlers: EngineHandlers;
	/** To be called when the host is gone. */
	leave(): Promise<void>;
}

export function createEngine(emit: Emit): Engine {
	const turns = new Turns();
	const texts = new OpenTexts();
	const log = (message: string): void => {
		emit('log', { level: 'debug', message });
	};
	const roles = new ModelRoles(loadLlamaModel, { turns, texts, log });
	const handlers: EngineHandlers = {
		'model/load': ({ role, ...options }) => roles.load(role, options),
		'completion/run': async (params, signal) => {
			const { requestId } = params;
			return roles.get('complete').complete(params, signal, token => {
				emit('completion/token', { requestId, token });
			});
		},
		'explanation/run': async (params, signal) => {
			const { requestId } = params;
			return roles.get('explain').explain(params, signal, text => {
				emit('explanation/text', { requestId, text });
			});
		},
		'texts/share': async ({ changed, gone }, signal) => {
			for (const id of gone) {
				texts.remove(id);
			}
			await Promise.all(
				changed.map(file =>
					texts.add(file, async () => {
						await setImmediate();
						await turns.free(signal);
					}),
				),
			);
			return {};
		},
		'engine/ping': () => Promise.resolve({ residentBytes: process.memoryUsage.rss() }),
	};
	return { handlers, leave: () => roles.leave() };
}
