import { enumerate } from '../run/summarise.ts';
import type { AlteredFile } from './writtenRecords.ts';

/** A sentence for the evidence of one row: `Its evidence is not as it was written: EVIDENCE.md was changed.` */
export function alteredText(files: readonly AlteredFile[]): string {
	return `Its evidence is not as it was written: ${enumerate(files.map(alteredPart))}.`;
}

/** `a/EVIDENCE.md was changed`, without a full stop. */
export function alteredPart({ path, how }: AlteredFile): string {
	switch (how) {
		case 'changed':
			return `${path} was changed`;
		case 'gone':
			return `${path} is gone or cannot be read`;
	}
}
