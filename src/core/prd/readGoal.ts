/** What a goal says by itself. */
export interface GoalReading {
	/** A name for the project. */
	readonly name: string;
	/** What it lists behind “with”, “including” or a colon. */
	readonly features: readonly string[];
}

const opening = /^(please\s+)?(build|create|make|write|implement|develop|add|design|set up|provide)\s+/i;
const article = /^(an?|the|our|my)\s+/i;
const listOpening = /\s+(?:with|including|that has|featuring)\s+|:\s+/i;

/** Longest name that fits a tree and a title. */
const maxName = 60;

/** Takes a goal apart: “Build an e-commerce platform with product catalog, shopping cart, and checkout”. */
export function readGoal(goal: string): GoalReading {
	const text = goal.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
	const subject = text.replace(opening, '').replace(article, '');
	const cut = listOpening.exec(subject);
	const head = cut === null ? subject : subject.slice(0, cut.index);
	const list = cut === null ? '' : subject.slice(cut.index + cut[0].length);
	return { name: capitalise(shorten(head.trim())), features: splitList(list) };
}

/** `a, b, and c` as its items. */
export function splitList(text: string): string[] {
	return text
		.split(/\s*[,;]\s*(?:and\s+)?|\s+and\s+/i)
		.map((one) => one.trim().replace(article, ''))
		.filter((one) => one !== '');
}

export function capitalise(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function shorten(text: string): string {
	if (text.length <= maxName) {
		return text;
	}
	const cut = text.slice(0, maxName);
	return cut.slice(0, Math.max(cut.lastIndexOf(' '), maxName / 2)).trim();
}
