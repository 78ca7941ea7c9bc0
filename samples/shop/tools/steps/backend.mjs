// The backend: a database schema, and one OpenAPI document for each service.

import { readJson, shop, toJson } from '../lib/project.mjs';

function createTable([table, columns]) {
	const lines = Object.entries(columns).map(([name, type]) => `\t${name} ${type}`);
	return `create table ${table} (\n${lines.join(',\n')}\n);`;
}

function schema() {
	const tables = Object.entries(shop.tables);
	const rows = shop.products.map(
		({ sku, category, name, price, stock }) =>
			`\t('${sku}', '${category}', '${name.replaceAll("'", "''")}', ${price}, ${stock})`,
	);
	const categories = shop.categories.map(({ id, name }) => `\t('${id}', '${name}')`);
	const seed = [
		`insert into categories (id, name) values\n${categories.join(',\n')};`,
		`insert into products (sku, category_id, name, price_cents, stock) values\n${rows.join(',\n')};`,
	];
	return [
		{
			path: 'platform/database/schema.sql',
			text: tables.map(createTable).join('\n\n'),
			note: `${tables.length} tables`,
		},
		{ path: 'platform/database/seed.sql', text: seed.join('\n\n'), note: `${rows.length} products` },
		{ path: 'platform/database/entities.json', text: toJson(shop.tables), note: 'what the services build on' },
	];
}

/** JSON Schema of a table's columns, so that the documents speak of what the database really has. */
function entitySchema(columns, { without = [] } = {}) {
	const names = Object.keys(columns).filter((name) => !without.includes(name));
	const properties = names.map((name) => [
		name,
		{ type: /^(bigint|integer)/.test(columns[name]) ? 'integer' : 'string' },
	]);
	return {
		type: 'object',
		properties: Object.fromEntries(properties),
		required: names.filter((name) => /not null|primary key/.test(columns[name])),
	};
}

function operation(summary, status, { secured = false, reply } = {}) {
	const content = reply === undefined ? {} : { content: { 'application/json': { schema: reply } } };
	const responses = { [status]: { description: summary, ...content } };
	return secured ? { summary, responses, security: [{ session: [] }] } : { summary, responses };
}

function service(folder, { title, schemas, paths, securitySchemes = {} }) {
	const path = `platform/api/${folder}/openapi.json`;
	const document = {
		openapi: '3.0.3',
		info: { title: `${shop.name}: ${title}`, version: '0.1.0' },
		paths,
		components: { schemas, securitySchemes },
	};
	const list = Object.entries(paths).flatMap(([at, methods]) =>
		Object.entries(methods).map(([method, { summary }]) => `- \`${method.toUpperCase()} ${at}\`: ${summary}`),
	);
	return [
		{ path, text: toJson(document), note: `${list.length} operations` },
		{ path: `platform/api/${folder}/README.md`, text: `# ${title}\n\n${list.join('\n')}`, note: 'overview' },
	];
}

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

function authApi() {
	const entities = readJson('platform/database/entities.json', 'TASK-001');
	return service('auth', {
		title: 'User authentication API',
		schemas: {
			User: entitySchema(entities.users, { without: ['password_hash', 'reset_token'] }),
			Session: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] },
		},
		securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
		paths: {
			'/auth/register': { post: operation('Create an account', '201', { reply: ref('User') }) },
			'/auth/login': { post: operation('Open a session', '200', { reply: ref('Session') }) },
			'/auth/password-reset': { post: operation('Mail a reset link', '202') },
			'/auth/me': { get: operation('The signed-in user', '200', { secured: true, reply: ref('User') }) },
		},
	});
}

function catalogApi() {
	const auth = readJson('platform/api/auth/openapi.json', 'TASK-004');
	const entities = readJson('platform/database/entities.json', 'TASK-001');
	return service('catalog', {
		title: 'Product catalog API',
		schemas: { Product: entitySchema(entities.products) },
		securitySchemes: auth.components.securitySchemes,
		paths: {
			'/products': {
				get: operation('Browse, search and filter', '200', { reply: { type: 'array', items: ref('Product') } }),
				post: operation('Add a product', '201', { secured: true, reply: ref('Product') }),
			},
			'/products/{sku}': {
				get: operation('One product', '200', { reply: ref('Product') }),
				put: operation('Change a product', '200', { secured: true, reply: ref('Product') }),
				delete: operation('Take a product off sale', '204', { secured: true }),
			},
		},
	});
}

function cartApi() {
	const catalog = readJson('platform/api/catalog/openapi.json', 'TASK-008');
	const entities = readJson('platform/database/entities.json', 'TASK-001');
	return service('cart', {
		title: 'Shopping cart API',
		schemas: { Product: catalog.components.schemas.Product, CartItem: entitySchema(entities.cart_items) },
		securitySchemes: catalog.components.securitySchemes,
		paths: {
			'/cart': { get: operation('The cart with its products', '200', { secured: true }) },
			'/cart/items': { post: operation('Put a product into the cart', '201', { secured: true, reply: ref('CartItem') }) },
			'/cart/items/{sku}': {
				patch: operation('Change a quantity', '200', { secured: true, reply: ref('CartItem') }),
				delete: operation('Take a product out', '204', { secured: true }),
			},
		},
	});
}

function paymentApi() {
	const cart = readJson('platform/api/cart/openapi.json', 'TASK-012');
	const entities = readJson('platform/database/entities.json', 'TASK-001');
	return service('payment', {
		title: 'Payment integration API',
		schemas: { Order: entitySchema(entities.orders), Payment: entitySchema(entities.payments) },
		securitySchemes: cart.components.securitySchemes,
		paths: {
			'/orders': { post: operation('Turn the cart into an order', '201', { secured: true, reply: ref('Order') }) },
			'/orders/{id}/payment': {
				post: operation('Start a payment', '202', { secured: true, reply: ref('Payment') }),
				get: operation('State of a payment', '200', { secured: true, reply: ref('Payment') }),
			},
			'/payments/webhook': { post: operation('What the provider reports', '204') },
		},
	});
}

function emailService() {
	const mails = [
		{ name: 'order-confirmation', subject: 'Your order {{order}}', body: 'thank you for your order of {{total}}.' },
		{ name: 'shipping', subject: 'Order {{order}} is on its way', body: 'the parcel {{parcel}} left our store.' },
		{ name: 'password-reset', subject: 'A new password', body: 'choose a new password at {{link}}.' },
	];
	return mails.map(({ name, subject, body }) => ({
		path: `platform/email/${name}.txt`,
		text: `Subject: ${subject}\nFrom: post@${shop.domain}\n\nHello {{name}},\n\n${body}\n\n${shop.name}`,
		note: subject,
	}));
}

function adminApi() {
	return service('admin', {
		title: 'Admin dashboard API',
		schemas: { Figures: { type: 'object', properties: { orders: { type: 'integer' }, revenue: { type: 'integer' } } } },
		securitySchemes: { staff: { type: 'http', scheme: 'bearer' } },
		paths: {
			'/admin/figures': { get: operation('Orders and revenue', '200', { reply: ref('Figures') }) },
			'/admin/orders': { get: operation('All orders', '200') },
			'/admin/stock': { get: operation('Products that run out', '200') },
		},
	});
}

export const backend = {
	schema: { title: 'Database schema', hours: 8, make: schema },
	'auth-api': { title: 'User authentication API', hours: 10, make: authApi },
	'catalog-api': { title: 'Product catalog API', hours: 6, make: catalogApi },
	'cart-api': { title: 'Shopping cart API', hours: 10, make: cartApi },
	'payment-api': { title: 'Payment integration API', hours: 8, make: paymentApi },
	email: { title: 'Email notification service', hours: 4, make: emailService },
	'admin-api': { title: 'Admin dashboard API', hours: 6, make: adminApi },
};
