/** One field of a PRD (FORMATS 1.1), with what a person is told about it. */
export type PrdField =
	| { readonly kind: 'text' | 'texts'; readonly doc: string }
	/** A mapping, or a list of mappings; an item of a list may be a text alone, which is its first field. */
	| { readonly kind: 'map' | 'records'; readonly doc: string; readonly fields: PrdFields };

export type PrdFields = Readonly<Record<string, PrdField>>;

const text = (doc: string): PrdField => ({ kind: 'text', doc });
const texts = (doc: string): PrdField => ({ kind: 'texts', doc });
const map = (doc: string, fields: PrdFields): PrdField => ({ kind: 'map', doc, fields });
const records = (doc: string, fields: PrdFields): PrdField => ({ kind: 'records', doc, fields });

const requirement = {
	id: text('Its name everywhere else: `REQ-001`.'),
	description: text('What must be possible, in one sentence.'),
	acceptance_criteria: texts('How anybody can tell that it is met, one sentence each.'),
	priority: text('`critical`, `high`, `medium` or `low`.'),
	depends_on: texts('Ids of requirements that must be met before.'),
};

/** The fields of `PROJECT_PRD.yaml`, and of the answers that `switchyard new` takes from a file. */
export const prdFields: PrdFields = {
	project: map('What the project is called.', {
		name: text('Its name.'),
		version: text('The version of this document.'),
		created: text('The day it was begun.'),
	}),
	technology: map('What it is built with. `none` is an answer.', {
		backend: map('The part that runs on a server.', {
			language: text('The language: `python`, `typescript`, …, or `none`.'),
			framework: text('The framework, if any.'),
			reasoning: text('Why.'),
		}),
		frontend: map('The part that runs at the user’s.', {
			framework: text('The framework: `react`, …, or `none`.'),
			reasoning: text('Why.'),
		}),
		database: map('Where data is kept.', {
			system: text('The system: `postgresql`, `sqlite`, …, or `none`.'),
			orm: text('The library between code and database.'),
			reasoning: text('Why.'),
		}),
		testing: map('How it is tested.', {
			command: text('The program and arguments that run all tests.'),
			backend: text('Test framework of the backend.'),
			frontend: text('Test framework of the frontend.'),
		}),
	}),
	problem: map('What is wrong today.', {
		statement: text('The problem, in a sentence or two.'),
		target_users: text('Who has it.'),
		current_solutions: text('What they do about it now.'),
	}),
	solution: map('What will be there.', {
		overview: text('The solution, in a sentence or two.'),
		value_proposition: text('Why that is better.'),
		key_features: texts('Its features, a few words each.'),
	}),
	users: map('Who works with it.', {
		primary: records('The groups of users that matter most.', {
			persona: text('Who they are.'),
			needs: text('What they need.'),
			goals: text('What they want to reach with it.'),
		}),
	}),
	requirements: map('What it must be able to do.', {
		must_have: records('What it is worth nothing without: at least three.', requirement),
		should_have: records('What makes it better.', requirement),
		out_of_scope: texts('What it will not do.'),
	}),
	technical: map('What it connects to, and how much it must bear.', {
		integrations: records('Other systems it works with.', {
			name: text('What the system is called.'),
			purpose: text('What for.'),
			type: text('How: REST, webhook, file, …'),
		}),
		deployment: texts('Where and how it runs: Docker, a cloud, …'),
		performance: records('How fast it must be.', {
			metric: text('What is measured.'),
			target: text('What must be reached.'),
		}),
		scale: records('How much it must bear.', {
			users: text('How many users.'),
			requests: text('How many requests.'),
		}),
	}),
	success_criteria: map('When it is a success.', {
		metrics: records('What is measured.', {
			metric: text('What is measured.'),
			target: text('What must be reached.'),
			measurement: text('How it is measured.'),
		}),
		mvp_complete_when: texts('What must hold when the first version is done.'),
	}),
	constraints: map('What limits the work.', {
		notes: text('Constraints in the words they were given in.'),
		timeline: map('Time.', { mvp_deadline: text('When the first version must be there.') }),
		budget: map('Money.', { limit: text('How much it may cost.') }),
		security: map('Security.', { requirements: texts('What must be kept safe, and how.') }),
		compliance: map('Law and standards.', { standards: texts('Which ones hold.') }),
	}),
	assumptions: texts('What is taken for granted.'),
	risks: records('What may go wrong.', {
		risk: text('What.'),
		mitigation: text('What is done about it.'),
	}),
	interview: map(
		'How far the questions of `switchyard new` have come. May be removed when the plan is there.',
		{
			goal: text('The goal, as it was given.'),
			skipped: texts('Questions that were left open on purpose.'),
		},
	),
};
