/** TeaVM's loader of the WebAssembly build, copied here by the build. */
export function load(
  source: string,
  options: { installImports(imports: Record<string, unknown>): void },
): Promise<{
  readonly instance: { readonly exports: Record<string, (stack: number) => void> };
  readonly exports: unknown;
}>;
