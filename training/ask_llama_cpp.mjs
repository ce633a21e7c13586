/**
 * Asks node-llama-cpp what the Python side is asked as well. Reads `{ model, adapter?, contextSize, texts, prompts }` from standard input;
 * writes `{ tokens, control, next, infill }`: the tokens of each text, the ids of the control tokens by their text, and
 * after each token of each prompt the most probable next token with its probability.
 */
import process from 'node:process';
import { getLlama } from 'node-llama-cpp';

const chunks = [];
for await (const chunk of process.stdin) {
	chunks.push(chunk);
}
const { model: modelPath, adapter, contextSize, texts, prompts } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: 1 });
const model = await llama.loadModel({ modelPath });
const lora = adapter === undefined ? {} : { lora: adapter };
const context = await model.createContext({ contextSize, threads: 1, ...lora });
const sequence = context.getSequence();
const next = [];
for (const prompt of prompts) {
	await sequence.clearHistory();
	const asked = prompt.map(token => [token, { generateNext: { probabilities: true } }]);
	const answers = await sequence.controlledEvaluate(asked);
	next.push(answers.map(answer => [...answer.next.probabilities.entries()][0]));
}
const { infill } = model.tokens;
const answer = {
	tokens: texts.map(text => model.tokenize(text)),
	texts: texts.map(text => model.detokenize(model.tokenize(text))),
	next,
	infill: { prefix: infill.prefix, suffix: infill.suffix, middle: infill.middle },
	bos: model.tokens.bos,
	eos: model.tokens.eos,
	contextSize: model.trainContextSize,
};
process.stdout.write(JSON.stringify(answer));
await llama.dispose();
