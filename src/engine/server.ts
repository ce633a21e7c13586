import type { Emit, EngineHandlers } from '../protocol/engineServer';
import { loadLlamaModel } from './llamaModel';
import { ModelRoles } from './modelRoles';
import { Turns } from './turns';

/** What the engine does for the host: one function a method of the contract. */
export function createHandlers(emit: Emit): EngineHandlers {
	const roles = new ModelRoles(loadLlamaModel, new Turns(), message => {
		emit('log', { level: 'debug', message });
	});
	return {
		'model/load': ({ role, path, threads }) => roles.load(role, path, threads),
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
		'engine/ping': () => Promise.resolve({ residentBytes: process.memoryUsage.rss() }),
	};
}
