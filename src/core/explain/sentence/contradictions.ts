import { blankTexts } from '../calledNames';

/** Something that a sentence may say of code, and what code has to have for it to be true. */
interface Claim {
	readonly name: string;
	/** In the sentence, in lower case. */
	readonly says: RegExp;
	/** In the code without strings and comments. */
	readonly needs: RegExp;
	/** Looked for in the whole code, strings included. */
	readonly inStrings?: boolean;
}

/**
 * The statements that are checked. Each is wrong only where the code has nothing that could make it true, so that a true
 * sentence passes; what passes may still be wrong.
 */
export const claims: readonly Claim[] = [
	{
		name: 'throws',
		says: /\b(?:throws?|throwing|raises?|raising|panics?)\b/,
		needs: /throw|raise|panic|Err\b|Error|assert|expect|unwrap|fail|reject|abort|bail|\?/,
	},
	{
		name: 'loops',
		says: /\b(?:loops?|iterat\w+|for each|every (?:item|element|entry)|recursively)\b/,
		needs:
			/\b(?:for|while|loop|until|do|each|range|yield|next|walk|visit\w*|iter\w*)\b|\.(?:map|filter|reduce|forEach|some|every|find|flatMap|iter|sort|any|all|fold|collect|for_each|join|split|each|entries|keys|values)\w*\b/i,
	},
	{
		name: 'waits',
		says: /\b(?:async\w*|promises?|awaits?|coroutines?)\b/,
		needs:
			/async|await|promise|then\b|future|coroutine|goroutine|\bgo\b|callback|chan\b|poll|task|subscri|observ|stream/i,
	},
	{
		name: 'sorts',
		says: /\b(?:sorts?|sorted|sorting)\b/,
		needs: /sort|order|rank|compare|cmp|heap|[<>]/i,
	},
	{
		name: 'prints',
		says: /\b(?:prints?|printing|logs (?:the|a|an)|logging)\b/,
		needs: /print|log|write|console|echo|warn|debug|trace|display|fmt|put|emit|render|report/i,
	},
	{
		name: 'files',
		says: /\b(?:files?|director(?:y|ies)|folders?|disk)\b/,
		needs: /file|path|dir|folder|open|read|write|stream|\bfs\b|\bos\b|\bio\b|module|load|save|source/i,
		inStrings: true,
	},
	{
		name: 'network',
		says: /\b(?:databases?|sql|servers?|http|urls?|network|api (?:calls?|requests?)|web ?sockets?)\b/,
		needs:
			/database|db\b|sql|query|table|server|http|ur[il]|net|socket|api|fetch|request|response|connect|client|host|link|href|endpoint|domain|web|rpc/i,
		inStrings: true,
	},
	{
		name: 'class',
		says: /^\W*(?:is )?(?:a|an|the)? ?(?:abstract |base )?class\b|\bdefines a (?:new )?class\b/,
		needs: /\bclass\b|\bstruct\b|\btype\b|constructor|prototype|__init__|\bcls\b|klass/i,
	},
	{
		name: 'random',
		says: /\brandom(?:ly|i[sz]\w+)?\b/,
		needs: /rand|shuffle|uuid|nonce|seed|entropy|choice|sample|crypto/i,
	},
	{
		name: 'returns',
		says: /\breturns?\b/,
		needs: /\breturns?\b|=>|\byield\b|->|\bSelf\b|^\s*[\w.:&*!]+[^;{}]*\n?\}\s*$/m,
	},
	{
		name: 'booleans',
		says: /\b(?:returns?|returning) (?:true|false|a boolean)\b/,
		needs:
			/true|false|bool|[=!<>]=|[<>]|&&|\|\||!\w|\bnot\b|\b(?:is|has|in|and|or|test|includes|match(?:es)?|contains|some|every|any|all)\b|\.(?:is|has|starts|ends|equal)\w*|\b(?:is|has|can|should)[A-Z_]\w*/i,
	},
	{
		name: 'arithmetic',
		says: /\b(?:sum|total|average|mean|product|multipl\w+|squares?|square root)\b/,
		needs: /[+*/-]|sum|total|average|mean|prod|mul|sq|count|len|size|reduce|fold|accum|norm/i,
	},
	{
		name: 'arguments',
		says: /\btakes (?:no|zero) (?:arguments?|parameters?)\b/,
		needs: /\(\s*(?:&?(?:mut )?self|this|cls)?\s*\)/,
	},
];

/** Words that say the same of any code. */
const empty = new Set(
	`a an the is are was be will can should does has not used called to in for of this that it code function method class type same
	following above below example simple very main one part implementation wrapper helper utility named defined as follows`.split(
		/\s+/,
	),
);
const aboutItself = /\b(?:I|we|you|your|my|our|let's|TODO|FIXME|deprecated|copyright|license)\b/i;

/** Names of the claims that the code cannot bear out. */
export function contradictions(sentence: string, code: string, languageId: string): readonly string[] {
	const said = sentence.toLowerCase();
	const bare = blankTexts(code, languageId);
	return claims
		.filter(({ says, needs, inStrings }) => says.test(said) && !needs.test(inStrings === true ? code : bare))
		.map(({ name }) => name);
}

/** Whether it is a sentence of words that says something of this code: what small models write often is none. */
export function saysSomething(sentence: string): boolean {
	const words = sentence.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
	return (
		words.length >= fewestWords &&
		words.some(word => !empty.has(word)) &&
		verb.test(sentence) &&
		!codeMarks.test(sentence) &&
		!aboutItself.test(sentence) &&
		!repeatsItself(words)
	);
}

/** The subject stands in front: `returns`, `will return`. */
const verb = /^\s*(?!this\b|as\b|its\b|always\b)(?:is|[a-z]{2,}s|will|can|does|may|must|should)\s/;
/** Code that goes on instead of prose, or a list that is announced. */
const codeMarks = /[{}=;<>$]|:\s*$/;

function repeatsItself(words: readonly string[]): boolean {
	const phrases = words.slice(repeatedWords - 1).map((_, at) => words.slice(at, at + repeatedWords).join(' '));
	return new Set(phrases).size < phrases.length;
}

/** `the number of the` comes twice in honest sentences, four words hardly. */
const repeatedWords = 4;
/** `returns the sum` is the shortest that does. */
const fewestWords = 3;
