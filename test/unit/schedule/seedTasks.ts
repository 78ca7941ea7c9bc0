import type { PlanningTask } from '../../../src/core/schedule/planningTask.ts';

type Row = readonly [
	id: string,
	name: string,
	type: string,
	minutes: number,
	dependencies: readonly string[],
];

function task([id, name, type, minutes, dependencies]: Row): PlanningTask {
	return { id, name, type, minutes, dependencies, priority: 0, isAssumed: false };
}

/** A shop in 18 tasks: three chains of 42, 38 and 28 hours, and four tasks that hang on nothing. */
export const shopTasks: readonly PlanningTask[] = (
	[
		['TASK-001', 'Database schema design', 'database', 480, []],
		['TASK-002', 'React project setup', 'frontend', 240, []],
		['TASK-003', 'Docker containers', 'infrastructure', 360, []],
		['TASK-004', 'User authentication API', 'backend', 600, ['TASK-001']],
		['TASK-005', 'Login/registration UI', 'frontend', 480, ['TASK-002']],
		['TASK-006', 'Email notification service', 'backend', 240, []],
		['TASK-007', 'CI/CD pipeline', 'infrastructure', 360, ['TASK-003']],
		['TASK-008', 'Product catalog API', 'backend', 360, ['TASK-004']],
		['TASK-009', 'Product catalog UI', 'frontend', 480, ['TASK-005']],
		['TASK-010', 'Admin dashboard UI', 'frontend', 360, []],
		['TASK-011', 'Kubernetes manifests', 'infrastructure', 600, ['TASK-007']],
		['TASK-012', 'Shopping cart API', 'backend', 600, ['TASK-008']],
		['TASK-013', 'Shopping cart UI', 'frontend', 600, ['TASK-009']],
		['TASK-014', 'Database backups', 'infrastructure', 240, []],
		['TASK-015', 'Monitoring setup', 'infrastructure', 360, ['TASK-011']],
		['TASK-016', 'Payment integration API', 'backend', 480, ['TASK-012']],
		['TASK-017', 'Checkout flow UI', 'frontend', 480, ['TASK-013']],
		['TASK-018', 'Admin dashboard API', 'backend', 360, []],
	] as const
).map(task);

/** A shop's API in six stated layers (P1): what each layer holds, with minutes. */
export const apiLayers: readonly (readonly (readonly [id: string, minutes: number])[])[] = [
	[
		['setup-project-structure', 25],
		['configure-development-environment', 30],
		['setup-database-schema', 35],
	],
	[
		['implement-user-models', 40],
		['implement-product-models', 35],
		['implement-cart-models', 30],
		['implement-order-models', 45],
	],
	[
		['create-user-endpoints', 50],
		['create-product-endpoints', 45],
		['create-cart-endpoints', 40],
		['create-order-endpoints', 55],
	],
	[
		['implement-authentication', 35],
		['add-input-validation', 40],
		['create-error-handling', 30],
	],
	[
		['integration-testing', 35],
		['api-documentation', 25],
	],
	[
		['docker-configuration', 20],
		['deployment-validation', 25],
	],
];

/**
 * A shop in 14 tasks whose batches follow from what needs what: the APIs and their tests need the database, the cart
 * needs products and users, the checkout needs cart, orders and payment. Tests are written beside what they test.
 */
export const batchTasks: readonly PlanningTask[] = (
	[
		['testing', 'Testing infrastructure', 'testing', 30, []],
		['database', 'Database schema', 'database', 30, []],
		['payment', 'Payment gateway', 'infrastructure', 30, []],
		['auth', 'Auth middleware', 'backend', 30, []],
		['products', 'Product API', 'backend', 30, ['database']],
		['products-tests', 'Product API tests', 'testing', 30, ['database']],
		['users', 'User API', 'backend', 30, ['database']],
		['users-tests', 'User API tests', 'testing', 30, ['database']],
		['orders', 'Order API', 'backend', 30, ['database']],
		['orders-tests', 'Order API tests', 'testing', 30, ['database']],
		['cart', 'Shopping cart', 'backend', 30, ['products', 'users']],
		['cart-tests', 'Cart tests', 'testing', 30, ['products', 'users']],
		['checkout', 'Checkout flow', 'backend', 30, ['cart', 'orders', 'payment']],
		['checkout-tests', 'Checkout tests', 'testing', 30, ['cart', 'orders', 'payment']],
	] as const
).map(task);
