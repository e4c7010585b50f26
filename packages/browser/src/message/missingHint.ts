const forVite = 'under a development server of Vite before 8, set optimizeDeps: { exclude: ["@steepest/browser"] }';

/**
 * The advice about a file that is not at its address. Such a server takes this package into its cache without its files; `fileUrls` then looks where it
 * is installed.
 *
 * @param usual  what to do under any other server
 */
export function missingHint(href: string, usual: string): string {
  if (href.includes("/.vite/deps/")) return forVite;
  return href.includes("/node_modules/@steepest/browser/dist/") ? `${usual}; ${forVite}` : usual;
}
