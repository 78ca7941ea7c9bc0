/**
 * How the one obstacle to a replan begins that passes by itself: one process decides at a time (D3). In a file of its own, because
 * an engine knows it and reads no plan.
 */
export const otherDecides = 'Another process';
