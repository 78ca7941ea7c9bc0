import type { Page } from 'playwright-core';

/** The pages of this test file that are open now, so that a failed test can be shown as it looked. */
export const openPages = new Set<Page>();
