/**
 * The text of a new plan. It is valid and runs anywhere Node is: each task is a real command with a check that decides
 * whether it is done.
 */
export function planTemplate(name: string): string {
	return `# A plan is tasks with dependencies. Switchyard runs what is ready, side by side, and lets a task count as done
# only when its checks pass. Run it from the sidebar, from the lines above each id, or with "switchyard run".
plan:
  name: ${JSON.stringify(name)}
  jobs: 2 # tasks at once

tracks:
  1: {name: Main}

sprints:
  - id: SPRINT-001-01
    track: 1
    name: First steps
    tasks: [TASK-001, TASK-002, TASK-003]

tasks:
  - id: TASK-001
    name: Write a greeting
    estimated_hours: 1
    # What to run: a program and its arguments. For an AI agent write "agent" and "prompt" here and no "run".
    run: [node, -e, "require('node:fs').writeFileSync('greeting.txt', 'hello')"]
    # Files that must be there afterwards.
    produces: [greeting.txt]
    # Commands that decide whether the work is accepted.
    verify:
      - run: [node, -e, "process.exit(require('node:fs').statSync('greeting.txt').size > 0 ? 0 : 1)"]

  - id: TASK-002
    name: Count to three
    estimated_hours: 1
    run: [node, -e, "for (const n of [1, 2, 3]) console.log(n)"]

  - id: TASK-003
    name: Read the greeting
    estimated_hours: 1
    dependencies: [TASK-001, TASK-002] # starts when both are completed
    acceptance_criteria:
      - The greeting is printed
    run: [node, -e, "console.log(require('node:fs').readFileSync('greeting.txt', 'utf8'))"]
`;
}
