/** Path of the bundled model inside the extension, with forward slashes. The file is not in git: `scripts/models/shippedModel.ts` makes it. */
export const bundledModel = 'models/smollm2-135m/smollm2-135m-instruct.gguf';
