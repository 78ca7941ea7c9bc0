/** Put in by the build (`scripts/foldVersion.mjs`): a hash of all the source that decides what a fold is. */
declare const SWITCHYARD_FOLD: string | undefined;

/** Two programs with the same version fold the same lines to the same tables. Empty: nobody knows, trust no checkpoint. */
export const foldVersion = typeof SWITCHYARD_FOLD === 'string' ? SWITCHYARD_FOLD : '';
