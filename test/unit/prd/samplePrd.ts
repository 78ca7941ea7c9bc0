import { PrdDocument } from '../../../src/core/prd/prdDocument.ts';

/** A PRD with every needed answer, for a shop with all parts. */
export const shopPrd = `project: {name: Shop}
technology:
  backend: {language: typescript}
  frontend: {framework: react}
  database: {system: postgresql}
  testing: {command: npm test}
technical:
  integrations: [{name: Stripe, purpose: card payments}]
  deployment: [Docker]
  performance: [{metric: API response time, target: below 200 ms}]
problem: {statement: Orders by telephone take too long}
solution: {overview: A shop that needs no hand until it is packed, key_features: [catalog, cart, checkout]}
users: {primary: [{persona: Customer, needs: Buy a thing}]}
requirements:
  must_have:
    - {id: REQ-001, description: Products can be browsed, acceptance_criteria: [Every product has a page, Search finds a name]}
    - {id: REQ-002, description: A cart holds products, acceptance_criteria: [A quantity of 0 removes the product]}
    - {id: REQ-003, description: The checkout turns the cart into an order paid by Stripe, acceptance_criteria: [An order is stored]}
  should_have:
    - {id: REQ-004, description: A manual explains the shop, priority: high}
    - {id: REQ-005, description: A backup is made every night, priority: high}
success_criteria: {mvp_complete_when: [A customer can pay]}
constraints: {security: {requirements: [No secrets in the code]}}
`;

export function documentOf(text: string): PrdDocument {
	const document = PrdDocument.parse(text);
	if (!(document instanceof PrdDocument)) {
		throw new Error(`${document.line}:${document.column} ${document.message}`);
	}
	return document;
}
