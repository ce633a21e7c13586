import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, llamaSource } from '../cacheFolder';

/** llama.cpp's programs, built on this machine for this machine. */
export interface LlamaPrograms {
	readonly server: string;
	readonly bench: string;
}

/**
 * As llama.cpp's own documentation builds it, for this processor and with OpenMP, which is the rival's best case: the
 * engine's prebuilt native part has neither OpenMP nor more than the processor features it finds at run time. Without
 * the parts that would need the network.
 */
const options = [
	'-DCMAKE_BUILD_TYPE=Release',
	'-DBUILD_SHARED_LIBS=OFF',
	'-DGGML_NATIVE=ON',
	'-DGGML_OPENMP=ON',
	'-DGGML_CCACHE=OFF',
	'-DLLAMA_CURL=OFF',
	'-DLLAMA_OPENSSL=OFF',
	'-DLLAMA_BUILD_TESTS=OFF',
	'-DLLAMA_BUILD_EXAMPLES=OFF',
	'-DLLAMA_BUILD_APP=OFF',
	'-DLLAMA_BUILD_UI=OFF',
	'-DLLAMA_USE_PREBUILT_UI=OFF',
];

/** Builds them where they are not yet built: about half an hour of processor time, once. */
export function buildLlamaPrograms(say: (line: string) => void): LlamaPrograms {
	const build = join(cacheFolder(), 'build');
	const programs = { server: join(build, 'bin/llama-server'), bench: join(build, 'bin/llama-bench') };
	if (Object.values(programs).every(existsSync)) {
		return programs;
	}
	if (spawnSync('cmake', ['--version']).error !== undefined) {
		throw new Error('To build llama-server, install CMake and a C++ compiler (Debian: apt-get install cmake g++).');
	}
	say(`Building llama-server in ${build}: half an hour of processor time, once.`);
	const started = performance.now();
	execFileSync('cmake', ['-S', llamaSource(), '-B', build, ...options], { stdio: 'inherit' });
	const targets = ['--target', 'llama-server', 'llama-bench'];
	execFileSync('nice', ['cmake', '--build', build, '--parallel', '1', ...targets], { stdio: 'inherit' });
	say(`Built in ${Math.round((performance.now() - started) / 60_000)} minutes.`);
	return programs;
}
