// node tools/check.mjs STEP: looks at what a step wrote and says whether it holds. Exit code 1 if it does not.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { sayFailure, sayPass } from './lib/progress.mjs';
import { listFiles, readJson, readText, shop, StepError } from './lib/project.mjs';

function expect(holds, claim) {
	if (!holds) {
		throw new StepError(`Does not hold: ${claim}.`);
	}
	sayPass(claim);
}

function checkSchema() {
	const sql = readText('platform/database/schema.sql', 'TASK-001');
	const tables = new Set([...sql.matchAll(/^create table (\w+)/gm)].map((match) => match[1]));
	expect(tables.size === 8, 'the schema has eight tables');
	const references = [...sql.matchAll(/references (\w+)/g)].map((match) => match[1]);
	expect(references.length > 0 && references.every((name) => tables.has(name)), 'every reference points at a table');
	const seed = readText('platform/database/seed.sql', 'TASK-001');
	expect(shop.products.every(({ sku }) => seed.includes(`'${sku}'`)), 'every product is in the seed data');
}

function checkService(folder, task, { operations, secured }) {
	const document = readJson(`platform/api/${folder}/openapi.json`, task);
	expect(document.openapi?.startsWith('3.'), 'the document is OpenAPI 3');
	for (const wanted of operations) {
		const [method, path] = wanted.split(' ');
		expect(document.paths[path]?.[method.toLowerCase()] !== undefined, `${wanted} exists`);
	}
	const used = JSON.stringify(document.paths);
	const refs = [...used.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]);
	expect(refs.every((name) => document.components.schemas[name] !== undefined), 'every schema that is used is defined');
	if (secured) {
		expect(used.includes('"session"') && document.components.securitySchemes.session !== undefined, 'it asks for a session');
	}
}

function checkLogin() {
	checkService('auth', 'TASK-004', {
		operations: ['POST /auth/register', 'POST /auth/login', 'POST /auth/password-reset'],
		secured: true,
	});
	const { schemas } = readJson('platform/api/auth/openapi.json', 'TASK-004').components;
	expect(schemas.User.properties.password_hash === undefined, 'no reply carries a password hash');
}

/** Every relative link of every page in a folder leads to a file; links into `later` folders may not exist yet. */
function checkPages(folder, task, later) {
	const pages = listFiles(`platform/web/${folder}`, task).filter((name) => name.endsWith('.html'));
	expect(pages.length > 0, `${folder} has pages`);
	const root = fileURLToPath(new URL('..', import.meta.url));
	for (const name of pages) {
		const path = `platform/web/${folder}/${name}`;
		const targets = [...readText(path, task).matchAll(/href="([^"]+)"/g)].map((match) => join(dirname(path), match[1]));
		const broken = targets.filter(
			(target) => !later.some((other) => target.startsWith(`platform/web/${other}/`)) && !existsSync(join(root, target)),
		);
		expect(broken.length === 0, `the ${targets.length} links of ${folder}/${name} lead somewhere${broken.map((b) => ` (${b} is missing)`).join('')}`);
	}
}

function checkCatalogPages() {
	checkPages('catalog', 'TASK-009', ['cart']);
	const index = readText('platform/web/catalog/index.html', 'TASK-009');
	expect(shop.products.every(({ sku }) => index.includes(`data-sku="${sku}"`)), 'every product is listed');
}

async function checkCart() {
	checkPages('cart', 'TASK-013', ['checkout']);
	readText('platform/web/cart/cart.mjs', 'TASK-013');
	const { setQuantity } = await import('../platform/web/cart/cart.mjs');
	const cart = setQuantity(setQuantity({}, 'MUG-02', 2), 'KET-01', 1);
	expect(cart['MUG-02'] === 2 && cart['KET-01'] === 1, 'products are added with their quantity');
	expect(!('MUG-02' in setQuantity(cart, 'MUG-02', 0)), 'a quantity of 0 removes the product');
}

function checkDocker() {
	const compose = readJson('platform/infra/docker/compose.json', 'TASK-003');
	for (const { name, port } of shop.services) {
		const file = readText(`platform/infra/docker/${name}.Dockerfile`, 'TASK-003');
		expect(file.startsWith('FROM ') && file.includes(`EXPOSE ${port}`), `${name} has an image that exposes ${port}`);
		expect(compose.services[name]?.ports?.[0] === `${port}:${port}`, `${name} is started with port ${port}`);
	}
}

function checkPipeline() {
	const workflow = readText('platform/infra/pipeline/deliver.yaml', 'TASK-007');
	const images = readJson('platform/infra/pipeline/images.json', 'TASK-007');
	expect(shop.services.every(({ name }) => workflow.includes(`push ${images[name]}`)), 'every service is built and pushed');
	expect(!workflow.includes('\t'), 'the workflow is indented with spaces');
}

function checkKubernetes() {
	const images = readJson('platform/infra/pipeline/images.json', 'TASK-007');
	for (const { name, replicas } of shop.services) {
		const { spec } = readJson(`platform/infra/kubernetes/${name}-deployment.json`, 'TASK-011');
		const [container] = spec.template.spec.containers;
		expect(container.image === images[name], `${name} runs the image of the pipeline`);
		expect(spec.replicas === replicas && replicas > 1, `${name} has ${replicas} replicas`);
		expect(container.readinessProbe !== undefined && container.resources.limits.memory !== undefined, `${name} has a probe and a memory limit`);
	}
}

function checkMonitoring() {
	const prometheus = readText('platform/infra/monitoring/prometheus.yaml', 'TASK-015');
	const { groups } = readJson('platform/infra/monitoring/alerts.json', 'TASK-015');
	readJson('platform/infra/monitoring/dashboard.json', 'TASK-015');
	for (const { name } of shop.services) {
		expect(prometheus.includes(`job_name: ${name}`), `${name} is watched`);
		expect(groups[0].rules.some(({ alert }) => alert === `${name}-down`), `somebody is told when ${name} is down`);
	}
}

function checkEmail() {
	for (const name of ['order-confirmation', 'shipping', 'password-reset']) {
		const mail = readText(`platform/email/${name}.txt`, 'TASK-006');
		expect(/^Subject: \S/.test(mail) && mail.includes('{{name}}'), `${name} has a subject and a greeting`);
	}
}

function checkBackups() {
	const script = readText('platform/infra/backup/backup.sh', 'TASK-014');
	const { schedule, keep } = readJson('platform/infra/backup/schedule.json', 'TASK-014');
	expect(script.startsWith('#!/bin/sh\n') && script.includes('set -eu'), 'the script stops at the first error');
	expect(/^(\S+ ){4}\S+$/.test(schedule), 'the schedule is a cron line');
	expect(script.includes(`tail -n +${keep + 1}`), `${keep} dumps are kept`);
}

const cart = ['GET /cart', 'POST /cart/items', 'PATCH /cart/items/{sku}', 'DELETE /cart/items/{sku}'];
const catalog = ['GET /products', 'POST /products', 'GET /products/{sku}', 'DELETE /products/{sku}'];
const payment = ['POST /orders', 'POST /orders/{id}/payment', 'POST /payments/webhook'];

const checks = {
	schema: checkSchema,
	'auth-api': checkLogin,
	'catalog-api': () => checkService('catalog', 'TASK-008', { operations: catalog, secured: true }),
	'cart-api': () => checkService('cart', 'TASK-012', { operations: cart, secured: true }),
	'payment-api': () => checkService('payment', 'TASK-016', { operations: payment, secured: true }),
	'admin-api': () => checkService('admin', 'TASK-018', { operations: ['GET /admin/figures', 'GET /admin/orders'] }),
	email: checkEmail,
	'web-setup': () => {
		const { dependencies } = readJson('platform/web/shell/package.json', 'TASK-002');
		expect(dependencies.react !== undefined, 'the project depends on React');
		expect(readJson('platform/web/shell/site.json', 'TASK-002').links.length > 2, 'there is a navigation');
		expect(readText('platform/web/shell/style.css', 'TASK-002').includes(':root'), 'there are colours');
	},
	'account-ui': () => checkPages('account', 'TASK-005', ['catalog', 'cart']),
	'catalog-ui': checkCatalogPages,
	'cart-ui': checkCart,
	'checkout-ui': () => checkPages('checkout', 'TASK-017', []),
	'admin-ui': () => {
		const html = readText('platform/web/admin/index.html', 'TASK-010');
		expect(shop.products.every(({ sku }) => html.includes(sku)), 'the stock of every product is shown');
	},
	docker: checkDocker,
	pipeline: checkPipeline,
	kubernetes: checkKubernetes,
	monitoring: checkMonitoring,
	backups: checkBackups,
};

try {
	const name = process.argv[2] ?? '';
	if (!Object.hasOwn(checks, name)) {
		throw new StepError(`There is no check '${name}'. Known checks: ${Object.keys(checks).join(', ')}.`);
	}
	await checks[name]();
} catch (error) {
	if (!(error instanceof StepError)) {
		throw error;
	}
	sayFailure(error.message);
	process.exitCode = 1;
}
