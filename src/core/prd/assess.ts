import type { Prd } from './prd.ts';
import type { PrdDocument } from './prdDocument.ts';
import type { Question } from './questions.ts';
import { questionsOf } from './questions.ts';
import { readGoal } from './readGoal.ts';

/** One of the four factors of complexity: from 0 to 1, with its share in the whole and why it is what it is. */
export interface Factor {
	readonly name: 'scope' | 'dependencies' | 'depth' | 'risk';
	readonly value: number;
	readonly weight: number;
	readonly reason: string;
}

/** What can be said about a project before it is planned (seed 001, “Initial Analysis”). */
export interface Assessment {
	/** From 0 to 1. */
	readonly complexity: number;
	readonly level: 'low' | 'medium' | 'high';
	readonly kind: 'open-ended' | 'partially defined' | 'well defined';
	readonly factors: readonly Factor[];
	readonly known: readonly string[];
	/** Questions nobody has answered yet; those that were left open on purpose are among them. */
	readonly unknown: readonly Question[];
}

/** Capabilities, parts and hard subjects from which on a factor is at its most. */
const fullScope = 5;
const fullParts = 4;
const fullDepth = 3;

/** Subjects that are hard to get right, by the words that name them. */
const hardSubjects: readonly (readonly [subject: string, words: RegExp])[] = [
	[
		'identity',
		/\b(auth\w*|log ?in|sign(ed)?[ -]?in|password\w*|oauth|sso|permission\w*|roles?|users? management)\b/i,
	],
	['payment', /\b(pay(s|ing|ments?)?|checkout|billing|invoices?|subscriptions?)\b/i],
	['commerce', /\b(e-?commerce|shop|store|orders?|inventory)\b/i],
	['real time', /\b(real[ -]?time|live|websockets?|streaming|chat)\b/i],
	['search', /\b(search\w*|recommend\w*|ranking)\b/i],
	['scale', /\b(scal(e|able|ing)|distributed|microservices?|high availability|sharding)\b/i],
	['synchronisation', /\b(sync\w*|offline|conflicts?|concurren\w*|collaborat\w*)\b/i],
	['learning', /\b(machine learning|ml|ai|llm|models? training|classif\w*)\b/i],
	['data protection', /\b(encrypt\w*|gdpr|hipaa|pci|compliance|audit\w*)\b/i],
	['migration', /\b(migrat\w*|legacy|import\w*|backwards? compat\w*)\b/i],
	['media', /\b(video|audio|images?|uploads?|pdf)\b/i],
];

/** Assesses what a PRD says so far. The weights are those of the family of seed 001: 0.30, 0.25, 0.30, 0.15. */
export function assess(document: PrdDocument, prd: Prd): Assessment {
	const questions = questionsOf(document);
	const required = questions.filter(({ isRequired }) => isRequired);
	const open = required.filter(({ state }) => state === 'open');
	const openShare = required.length === 0 ? 0 : open.length / required.length;
	const factors = [scopeOf(prd), dependenciesOf(prd, open), depthOf(prd), riskOf(prd, openShare)];
	const complexity = factors.reduce((sum, { value, weight }) => sum + value * weight, 0);
	return {
		complexity: Math.round(complexity * 100) / 100,
		level: complexity < 0.3 ? 'low' : complexity <= 0.7 ? 'medium' : 'high',
		kind: openShare > 0.5 ? 'open-ended' : openShare > 0 ? 'partially defined' : 'well defined',
		factors,
		known: knownOf(prd),
		unknown: questions.filter(({ state }) => state !== 'answered'),
	};
}

function scopeOf(prd: Prd): Factor {
	const count = Math.max(capabilitiesOf(prd).length, 1);
	const reason = `${count} ${count === 1 ? 'capability is' : 'capabilities are'} named`;
	return { name: 'scope', weight: 0.3, value: Math.min(1, count / fullScope), reason };
}

/** What is not known yet counts as a part: leaving it out would make the unknown look simple. */
function dependenciesOf(prd: Prd, open: readonly Question[]): Factor {
	const parts = [
		...[prd.backend === '' ? '' : 'backend', prd.frontend === '' ? '' : 'frontend'],
		...[prd.database === '' ? '' : 'database', ...prd.integrations.map(({ name }) => name)],
	].filter((part) => part !== '');
	const unknown = open.filter(({ id }) => id.startsWith('technology.')).length;
	const reasons = [
		...(parts.length === 0 ? [] : [`parts: ${parts.join(', ')}`]),
		...(unknown === 0 ? [] : [`${unknown} ${unknown === 1 ? 'part is' : 'parts are'} not known yet`]),
	];
	const value = Math.min(1, (parts.length + unknown) / fullParts);
	const reason = reasons.length === 0 ? 'no part is named' : reasons.join('; ');
	return { name: 'dependencies', weight: 0.25, value, reason };
}

function depthOf(prd: Prd): Factor {
	const said = [prd.goal, prd.overview, ...prd.features, ...prd.requirements.map((one) => one.description)];
	const text = [...said, ...prd.security, ...prd.standards].join('\n');
	const found = hardSubjects.filter(([, words]) => words.test(text)).map(([subject]) => subject);
	const reason = found.length === 0 ? 'no hard subject is named' : `hard subjects: ${found.join(', ')}`;
	return { name: 'depth', weight: 0.3, value: Math.min(1, found.length / fullDepth), reason };
}

function riskOf(prd: Prd, openShare: number): Factor {
	const bare = prd.risks.filter(({ text }) => text === '').length;
	const value = Math.min(1, openShare + bare * 0.25);
	const open = `${Math.round(openShare * 100)} % of the needed answers are missing`;
	const reason = bare === 0 ? open : `${open}, ${bare} ${bare === 1 ? 'risk has' : 'risks have'} no remedy`;
	return { name: 'risk', weight: 0.15, value, reason };
}

/** What the project can do, as far as it is known: requirements, else features, else what the goal lists. */
export function capabilitiesOf(prd: Prd): readonly string[] {
	if (prd.requirements.length > 0) {
		return prd.requirements.map(({ description }) => description);
	}
	return prd.features.length > 0 ? prd.features : readGoal(prd.goal).features;
}

function knownOf(prd: Prd): string[] {
	const stack = [
		...[prd.backend, prd.backendFramework, prd.frontend, prd.database],
		...prd.deployment,
	].filter((one) => one !== '');
	return [
		...capabilitiesOf(prd),
		...(stack.length > 0 ? [`Stack: ${stack.join(', ')}`] : []),
		...prd.integrations.map(({ name, text }) => `Works with ${name}${text === '' ? '' : `: ${text}`}`),
		...(prd.constraints === '' ? [] : [`Constraints: ${prd.constraints}`]),
	];
}
