import { escapeMarkup } from '../src/core/text/escapeMarkup';

/** Bars of one group, in the order of `series`; `NaN` leaves one out. */
export interface BarGroup {
	readonly name: string;
	readonly values: readonly number[];
}

export interface BarChart {
	readonly title: string;
	readonly unit: string;
	readonly series: readonly string[];
	readonly groups: readonly BarGroup[];
}

const size = { width: 720, left: 170, right: 90, top: 70, bar: 16, gap: 14 } as const;
/** Readable on white and on black. */
const grey = '#808080';
const colours = ['#2a8fbd', '#c77700', '#8a6fc0', '#5a9e4b', '#b0506a', '#909090'];

/** Horizontal bars with their values beside them, as an SVG for light and dark pages. */
export function barChart({ title, unit, series, groups }: BarChart): string {
	const most = Math.max(...groups.flatMap(({ values }) => values.filter(Number.isFinite)), Number.MIN_VALUE);
	const scale = (size.width - size.left - size.right) / most;
	let y = size.top;
	const body = groups.flatMap(({ name, values }) => {
		const start = y;
		const bars = values.flatMap((value, index): readonly string[] => {
			if (!Number.isFinite(value)) {
				return [];
			}
			const top = y;
			y += size.bar;
			return bar({ top, value, width: value * scale, colour: colours[index % colours.length] ?? grey });
		});
		const label = text({ x: size.left - 8, y: (start + y) / 2 + 4 }, name, 'end');
		y += size.gap;
		return [label, ...bars];
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${y}" font-family="sans-serif" font-size="12" fill="${grey}">`,
		text({ x: 10, y: 20 }, `${title} (${unit})`, 'start'),
		...series.flatMap(legend),
		...body,
		'</svg>',
		'',
	].join('\n');
}

function bar(what: { top: number; value: number; width: number; colour: string }): readonly string[] {
	const { top, value, width, colour } = what;
	const label = value >= 100 ? value.toFixed(0) : value.toPrecision(3);
	return [
		`<rect x="${size.left}" y="${top + 2}" width="${Math.max(1, width).toFixed(1)}" height="${size.bar - 4}" fill="${colour}"/>`,
		text({ x: size.left + width + 6, y: top + size.bar - 4 }, label, 'start'),
	];
}

function legend(name: string, index: number, all: readonly string[]): readonly string[] {
	const width = (size.width - 20) / all.length;
	const x = 10 + index * width;
	return [
		`<rect x="${x.toFixed(1)}" y="34" width="12" height="12" fill="${colours[index % colours.length] ?? grey}"/>`,
		text({ x: x + 16, y: 44 }, name, 'start'),
	];
}

function text({ x, y }: { readonly x: number; readonly y: number }, content: string, anchor: string): string {
	return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escapeMarkup(content)}</text>`;
}
