import { escapeMarkup } from '../text/escapeMarkup';
import type { EvaluationReport } from './evaluationReport';

/** A curve of the chart: shares from 0 to 1. */
interface Curve {
	readonly name: string;
	readonly colour: string;
	readonly dash: string;
	readonly points: readonly { readonly shown: number; readonly right: number }[];
}

const size = { width: 640, height: 400, left: 60, right: 20, top: 40, bottom: 50 } as const;
/** Readable on white and on black. */
const grey = '#808080';
/** For the contexts, in their order. */
const colours = ['#c77700', '#2a8fbd', '#4a9a4a', '#b05fa8', '#b5504a', '#7a7ae0', '#8a8a2a', '#3aa6a0'] as const;
const dashes: Readonly<Record<string, string>> = { model: '', 'n-gram cache': '2 3' };
const ticks = [0, 0.25, 0.5, 0.75, 1] as const;

/** Precision over coverage by a threshold on the first line's mean or least probability, as an SVG for light and dark pages. */
export function gateChart({ model, gates }: EvaluationReport): string {
	const contexts = [...new Set(gates.map(({ context }) => context))];
	const curves = gates
		.filter(({ predictor }) => predictor in dashes)
		.flatMap(({ predictor, context, byMean, byLeast }): readonly Curve[] => {
			const colour = colours[contexts.indexOf(context) % colours.length] ?? grey;
			const dash = dashes[predictor] ?? '';
			const name = `${predictor}, context: ${context}`;
			const mean = { name: `${name}, mean`, colour, dash, points: byMean };
			return predictor === 'model' ? [mean, { name: `${name}, least`, colour, dash: '6 4', points: byLeast }] : [mean];
		});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12" fill="${grey}">`,
		text({ x: size.left, y: 20 }, `${escapeMarkup(model.name)}: how often what is shown is right`),
		...ticks.flatMap(axisTick),
		text({ x: size.width / 2, y: size.height - 12 }, 'share of positions with a suggestion', 'middle'),
		...curves.map(polyline),
		...curves.flatMap(legend),
		'</svg>',
		'',
	].join('\n');
}

function place(shown: number, right: number): { readonly x: number; readonly y: number } {
	return {
		x: size.left + shown * (size.width - size.left - size.right),
		y: size.height - size.bottom - right * (size.height - size.top - size.bottom),
	};
}

function axisTick(value: number): readonly string[] {
	const [start, end, below] = [place(0, value), place(1, value), place(value, 0)];
	const label = `${Math.round(value * 100)} %`;
	return [
		`<line x1="${start.x}" y1="${start.y}" x2="${end.x}" y2="${end.y}" stroke="${grey}" stroke-opacity="0.4"/>`,
		text({ x: start.x - 8, y: start.y + 4 }, label, 'end'),
		text({ x: below.x, y: below.y + 18 }, label, 'middle'),
	];
}

function polyline({ colour, dash, points }: Curve): string {
	const places = points
		.filter(({ shown }) => shown > 0)
		.map(({ shown, right }) => place(shown, right))
		.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
	return `<polyline fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}" points="${places.join(' ')}"/>`;
}

function legend({ name, colour, dash }: Curve, index: number): readonly string[] {
	const x = size.width - size.right - 260;
	const y = size.top + 10 + 18 * index;
	return [
		`<line x1="${x}" y1="${y}" x2="${x + 30}" y2="${y}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
		text({ x: x + 38, y: y + 4 }, escapeMarkup(name)),
	];
}

function text({ x, y }: { readonly x: number; readonly y: number }, content: string, anchor = 'start'): string {
	return `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;
}
