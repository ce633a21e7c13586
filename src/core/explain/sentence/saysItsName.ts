/** They stand in names and are put otherwise in sentences, or say nothing. Shorter words are of this kind, too. */
const formWords: ReadonlySet<string> = new Set('get new the has and for from with'.split(' '));
const shortestWord = 3;
/** Letters that two forms of a word share: `configuration` and `config`, `thinking` and `think`. */
const stemLength = 5;

/**
 * Whether each word of the name comes back in the sentence, in any form: one that makes the code likelier but speaks of
 * something else than the name is mostly made up. True where the subject has no name (`the code`).
 */
export function saysItsName(sentence: string, subject: string): boolean {
	const name = subject.split(' ').slice(2).join(' ');
	const said = sentence.toLowerCase().match(/\p{L}+/gu) ?? [];
	return wordsOf(name).every(word => said.some(other => other.startsWith(stemOf(word))));
}

function wordsOf(name: string): readonly string[] {
	const words = name.match(/\p{Lu}+(?!\p{Ll})|\p{L}\p{Ll}*/gu) ?? [];
	return words.map(word => word.toLowerCase()).filter(word => word.length >= shortestWord && !formWords.has(word));
}

function stemOf(word: string): string {
	return word.replace(/(?<=\p{L}{3})s$/u, '').slice(0, stemLength);
}
