/** The JavaScript build, put here by TeaVM. Its exports are those of the WebAssembly build. */
export {};
