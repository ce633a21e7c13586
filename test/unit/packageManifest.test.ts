import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const root = join(import.meta.dirname, '../..');

const media = z.object({
	svg: z.optional(z.string()),
	markdown: z.optional(z.string()),
	image: z.optional(z.string()),
	altText: z.optional(z.string()),
});
const step = z.object({
	id: z.string(),
	title: z.string(),
	description: z.string(),
	media,
	completionEvents: z.array(z.string()),
});
const manifest = z.object({
	icon: z.string(),
	contributes: z.object({
		commands: z.array(z.object({ command: z.string() })),
		configuration: z.array(z.object({ properties: z.record(z.string(), z.unknown()) })),
		walkthroughs: z._default(z.array(z.object({ id: z.string(), steps: z.array(step) })), []),
	}),
});

const { icon, contributes } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const steps = contributes.walkthroughs.flatMap(walkthrough => walkthrough.steps);
const mediaFiles = steps.flatMap(({ media: { svg, markdown, image } }) => svg ?? markdown ?? image ?? []);
const allowed = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n');

describe('manifest: walkthrough', () => {
	it('there is one, of five or six steps', () => {
		assert.equal(contributes.walkthroughs.length, 1);
		assert.ok(steps.length === 5 || steps.length === 6, `${steps.length} steps`);
	});

	for (const { id, title, description, media: shown, completionEvents } of steps) {
		it(`step "${title}" has a picture that exists, a description of it, and a way to be done`, () => {
			const file = shown.svg ?? shown.markdown ?? shown.image ?? '';
			assert.ok(file !== '' && existsSync(join(root, file)), `${id}: ${file}`);
			assert.ok((shown.altText ?? '').length > 20, `${id}: altText`);
			assert.ok(completionEvents.length > 0, `${id}: completionEvents`);
			assert.ok(description.length > 40, `${id}: description`);
		});
	}

	it('runs only commands, and shows only settings, that there are', () => {
		const commands = new Set(contributes.commands.map(({ command }) => command));
		const settings = new Set(contributes.configuration.flatMap(({ properties }) => Object.keys(properties)));
		const text = steps.map(one => [one.description, ...one.completionEvents].join('\n')).join('\n');
		const runs = [...text.matchAll(/(?:command:|onCommand:)(sotto\.\w+)/g)].map(match => match[1] ?? '');
		const shows = [...text.matchAll(/(?:%22|onSettingChanged:)(sotto\.[\w.]+)/g)].map(match => match[1] ?? '');
		assert.ok(runs.length > 0 && shows.length > 0);
		assert.deepEqual(
			runs.filter(command => !commands.has(command)),
			[],
		);
		assert.deepEqual(
			shows.filter(setting => !settings.has(setting)),
			[],
		);
	});

	it('links to nothing but commands: it works without a network', () => {
		const links = steps.flatMap(({ description }) =>
			[...description.matchAll(/\]\(([^)]*)\)/g)].map(match => match[1]),
		);
		assert.deepEqual(
			links.filter(link => !(link ?? '').startsWith('command:')),
			[],
		);
	});
});

describe('manifest: media', () => {
	it('the icon is a PNG of 128 by 128 pixels', () => {
		const png = readFileSync(join(root, icon));
		assert.equal(png.toString('latin1', 1, 4), 'PNG');
		assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [128, 128]);
	});

	it('every file that the manifest names is admitted to the VSIX', () => {
		const patterns = allowed.filter(line => line.startsWith('!')).map(line => line.slice(1));
		const isAdmitted = (file: string): boolean =>
			patterns.some(pattern => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(file));
		assert.deepEqual(
			[icon, ...mediaFiles].filter(file => !isAdmitted(file)),
			[],
		);
	});

	it('every picture of the walkthrough is used', () => {
		const pictures = readdirSync(join(root, 'media/walkthrough')).map(name => `media/walkthrough/${name}`);
		assert.deepEqual(pictures.sort(), [...mediaFiles].sort());
	});

	for (const file of readdirSync(join(root, 'media'), { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('.svg')) {
			continue;
		}
		it(`${file} brings no script, no style that a webview would block, and nothing from elsewhere`, () => {
			const text = readFileSync(join(root, 'media', file), 'utf8').replace('xmlns="http://www.w3.org/2000/svg"', '');
			assert.doesNotMatch(text, /https?:|\/\/|data:|<script|<style|\sstyle=|<image|href|\son\w+=/);
		});
	}
});
