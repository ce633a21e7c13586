import { filters } from '../postprocess/pipeline';
import { longestLine } from './silence';
import type { ReasonAt, Silence, SilenceStage } from './silenceReasons';

/** Both are for people. `because` completes "No suggestion, because …."; `advice` is one or more whole sentences. */
export interface SilenceText {
	readonly because: string;
	/** How to get a suggestion here all the same, or how to change the rule. */
	readonly advice: string;
}

type Texts<S extends SilenceStage> = Readonly<Record<ReasonAt<S>, SilenceText>>;

const askByHand = 'Run Suggest Here to ask the model anyway.';
const askUnsure = 'Run Suggest Here to see the model’s answer anyway.';
const proseSetting = `${askByHand} The setting sotto.completion.prose turns suggestions on here.`;

const atPlace = (because: string): SilenceText => ({ because, advice: askByHand });

/** The words for every reason of every stage. The filters’ own words are in the list of filters. */
const texts: { readonly [S in Exclude<SilenceStage, 'filters'>]: Texts<S> } = {
	off: {
		disabled: {
			because: 'Sotto is turned off for this language or workspace',
			advice: 'Run Turn On or Off, or change the setting sotto.enabled. A workspace can only turn Sotto off.',
		},
		'private-file': {
			because: 'the file is ignored or may contain secrets, so no model reads it',
			advice: 'The files .gitignore and .sottoignore and the setting sotto.context.ignore say which files are ignored.',
		},
		'manual-only': {
			because: 'suggestions are shown only on request',
			advice: 'Run Suggest Here, or set sotto.completion.trigger to "automatic".',
		},
		snoozed: {
			because: 'Sotto is snoozed',
			advice: 'Run Snooze to end it now. Suggest Here works while Sotto is snoozed.',
		},
	},
	place: {
		selection: atPlace('text is selected or there are several cursors'),
		'binary-file': { because: 'the file looks binary', advice: 'Sotto completes only text files.' },
		'long-line': atPlace(`the line is longer than ${longestLine} characters`),
		'empty-file': atPlace('the file is empty'),
		'inside-word': atPlace('the cursor is inside a word or directly before one'),
		'code-to-the-right': atPlace('there is code to the right of the cursor'),
		indenting: atPlace('the line is still being indented'),
		prose: { because: 'the cursor is in prose, where suggestions are off by default', advice: proseSetting },
		comment: { because: 'the cursor is in a comment, where suggestions are off by default', advice: proseSetting },
	},
	model: {
		'empty-answer': { because: 'the model had nothing to add', advice: 'Type a few more characters.' },
	},
	gate: {
		'unsure-token': { because: 'the model was not sure enough of its first tokens', advice: askUnsure },
		'unsure-line': { because: 'the model was not sure enough of its first line', advice: askUnsure },
		learned: {
			because: 'you have rejected suggestions like this one before',
			advice: `${askUnsure} Reset Learned Preferences starts again from the default thresholds.`,
		},
	},
	rejections: {
		'rejected-before': {
			because: 'you rejected this suggestion here before',
			advice: 'Run Suggest Here to see it again.',
		},
	},
};

export function silenceText(silence: Silence): SilenceText {
	switch (silence.stage) {
		case 'off':
			return texts.off[silence.reason];
		case 'place':
			return texts.place[silence.reason];
		case 'model':
			return texts.model[silence.reason];
		case 'gate':
			return texts.gate[silence.reason];
		case 'filters':
			return filterText(silence.reason);
		case 'rejections':
			return texts.rejections[silence.reason];
	}
}

/** For the log: the names that a program looks for, and the words for people. Holds none of the user's code. */
export function silenceLogLine(silence: Silence): string {
	return `no suggestion (${silence.stage}/${silence.reason}): ${silenceText(silence).because}`;
}

function filterText(name: ReasonAt<'filters'>): SilenceText {
	const does = filters.find(filter => filter.name === name)?.does ?? 'has no description';
	return {
		because: `the filter ${name} removed the text: it ${does}`,
		advice: 'If the text was right, run Copy Last Suggestion as Test Case and report it.',
	};
}
