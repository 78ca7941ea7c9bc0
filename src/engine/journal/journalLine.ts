import { crc32 } from 'node:zlib';
import type { RunEvent, StampedEvent } from '../../core/run/events.ts';

const schemaVersion = 1;

/** Why a line of a journal was not taken. */
export interface BadLine {
	/** Byte offset of the line in the file. */
	readonly offset: number;
	/** `chain`: the line itself is good and was taken, but one of its writer's before it is missing. */
	readonly reason: 'torn' | 'checksum' | 'not-json' | 'unknown-version' | 'chain';
}

/** One parsed line: the event, and the checksums that chain it to its writer's line before (EXECUTION D3). */
export interface JournalLine {
	readonly event: StampedEvent;
	readonly checksum: string;
	readonly previous: string;
}

/**
 * A line without its newline: `{"v":1,"t":…,"w":…,"s":…,"p":"<crc before>","e":{…},"c":"<crc>"}`. The checksum covers
 * everything before `,"c":`, so a reader checks bytes and never re-serialises.
 */
export function formatLine(
	event: RunEvent,
	stamp: { at: number; writer: string; sequence: number; previous: string },
): { line: string; checksum: string } {
	const head = JSON.stringify({
		v: schemaVersion,
		t: stamp.at,
		w: stamp.writer,
		s: stamp.sequence,
		p: stamp.previous,
		e: event,
	}).slice(0, -1);
	const checksum = checksumOf(head);
	return { line: `${head},"c":"${checksum}"}`, checksum };
}

/** Reads one line; says why not when it cannot be trusted. */
export function parseLine(line: string): JournalLine | BadLine['reason'] {
	const cut = line.lastIndexOf(',"c":"');
	if (cut < 0 || !line.endsWith('"}')) {
		return 'torn';
	}
	const checksum = line.slice(cut + 6, -2);
	if (checksumOf(line.slice(0, cut)) !== checksum) {
		return 'checksum';
	}
	try {
		const raw = JSON.parse(line) as RawLine;
		if (raw.v !== schemaVersion) {
			return 'unknown-version';
		}
		// Put into the event as it came: a copy of each would cost as much as the parsing.
		const event = Object.assign(raw.e, { stamp: { at: raw.t, writer: raw.w, sequence: raw.s } });
		return { event, checksum, previous: raw.p };
	} catch {
		return 'not-json';
	}
}

interface RawLine {
	readonly v: number;
	readonly t: number;
	readonly w: string;
	readonly s: number;
	readonly p: string;
	readonly e: RunEvent;
}

function checksumOf(text: string): string {
	return crc32(text).toString(16).padStart(8, '0');
}
