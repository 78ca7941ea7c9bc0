// The frontend: plain pages that share one shell. Each step reads what the step before it made.

import { price, readJson, readText, shop, toJson } from '../lib/project.mjs';

const links = [
	['../catalog/index.html', 'Products'],
	['../cart/index.html', 'Cart'],
	['../account/login.html', 'Sign in'],
];

function webSetup() {
	const manifest = {
		name: 'web',
		private: true,
		version: '0.1.0',
		type: 'module',
		scripts: { dev: 'vite', build: 'vite build' },
		dependencies: { react: '^19.0.0', 'react-dom': '^19.0.0' },
		devDependencies: { vite: '^7.0.0' },
	};
	const style = [
		':root { --ink: #1d2733; --paper: #fbfaf7; --accent: #b3541e; }',
		'body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui; }',
		'a { color: var(--accent); }',
		'nav { display: flex; gap: 1rem; }',
		'.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem; }',
	];
	return [
		{ path: 'platform/web/shell/package.json', text: toJson(manifest), note: 'React and Vite' },
		{ path: 'platform/web/shell/style.css', text: style.join('\n'), note: 'colours and type' },
		{ path: 'platform/web/shell/site.json', text: toJson({ name: shop.name, links }), note: 'name and navigation' },
	];
}

function page({ title, body }) {
	const site = readJson('platform/web/shell/site.json', 'TASK-002');
	const nav = site.links.map(([href, text]) => `<a href="${href}">${text}</a>`).join('\n\t\t');
	return [
		'<!doctype html>',
		'<html lang="en">',
		`<head><meta charset="utf-8"><title>${title} · ${escape(site.name)}</title>`,
		'<link rel="stylesheet" href="../shell/style.css"></head>',
		'<body>',
		`\t<nav>\n\t\t${nav}\n\t</nav>`,
		`\t<h1>${title}</h1>`,
		body,
		'</body>',
		'</html>',
	].join('\n');
}

function escape(text) {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function field(name, type) {
	return `\t<label>${name} <input name="${name}" type="${type}" required></label>`;
}

function form(action, fields, button) {
	return [`<form method="post" action="${action}">`, ...fields, `\t<button>${button}</button>`, '</form>'].join('\n');
}

function accountUi() {
	const credentials = [field('email', 'email'), field('password', 'password')];
	const reset = form('/auth/password-reset', [field('email', 'email')], 'Mail me a link');
	const login = `${form('/auth/login', credentials, 'Sign in')}\n<p><a href="register.html">Register</a> · <a href="reset.html">Forgot it?</a></p>`;
	return [
		{ path: 'platform/web/account/login.html', text: page({ title: 'Sign in', body: login }), note: 'login form' },
		{
			path: 'platform/web/account/register.html',
			text: page({ title: 'Register', body: form('/auth/register', credentials, 'Create account') }),
			note: 'registration form',
		},
		{ path: 'platform/web/account/reset.html', text: page({ title: 'New password', body: reset }), note: 'reset form' },
	];
}

function catalogUi() {
	readText('platform/web/account/login.html', 'TASK-005');
	const cards = shop.products.map(
		({ sku, name, price: cents }) =>
			`\t<article data-sku="${sku}"><a href="${sku}.html">${escape(name)}</a> <b>${price(cents)}</b></article>`,
	);
	const index = `<div class="grid">\n${cards.join('\n')}\n</div>`;
	const pages = shop.products.map(({ sku, name, price: cents, stock }) => {
		const body = `<p>${price(cents)}, ${stock} in stock</p>\n${form('/cart/items', [`\t<input type="hidden" name="sku" value="${sku}">`], 'Add to cart')}`;
		return { path: `platform/web/catalog/${sku}.html`, text: page({ title: escape(name), body }), note: name };
	});
	return [
		{
			path: 'platform/web/catalog/index.html',
			text: page({ title: 'Products', body: index }),
			note: `${cards.length} products`,
		},
		...pages,
	];
}

function cartUi() {
	const catalog = readText('platform/web/catalog/index.html', 'TASK-009');
	const skus = [...catalog.matchAll(/data-sku="([^"]+)"/g)].map((match) => match[1]);
	const rows = skus.slice(0, 2).map(
		(sku) => `\t<tr data-sku="${sku}"><td><a href="../catalog/${sku}.html">${sku}</a></td><td><input type="number" min="0" value="1"></td></tr>`,
	);
	const body = `<table>\n${rows.join('\n')}\n</table>\n<p><a href="../checkout/address.html">To the checkout</a></p>`;
	const script = [
		'// Keeps the quantity of each product, and forgets a product whose quantity is 0.',
		'export function setQuantity(cart, sku, quantity) {',
		'\tconst { [sku]: _, ...rest } = cart;',
		'\treturn quantity > 0 ? { ...rest, [sku]: quantity } : rest;',
		'}',
	];
	return [
		{ path: 'platform/web/cart/index.html', text: page({ title: 'Cart', body }), note: `${rows.length} example rows` },
		{ path: 'platform/web/cart/cart.mjs', text: script.join('\n'), note: 'quantities' },
	];
}

function checkoutUi() {
	readText('platform/web/cart/index.html', 'TASK-013');
	const steps = [
		['address', 'Address', [field('street', 'text'), field('city', 'text')], 'payment.html'],
		['payment', 'Payment', [field('card', 'text')], 'confirmation.html'],
		['confirmation', 'Thank you', [], '../catalog/index.html'],
	];
	return steps.map(([name, title, fields, next]) => ({
		path: `platform/web/checkout/${name}.html`,
		text: page({ title, body: `${fields.join('\n')}\n<p><a href="${next}">Go on</a></p>` }),
		note: title,
	}));
}

function adminUi() {
	const rows = shop.products.map(
		({ sku, name, stock }) => `\t<tr><td>${sku}</td><td>${escape(name)}</td><td>${stock}</td></tr>`,
	);
	const head = '<tr><th>SKU</th><th>Product</th><th>Stock</th></tr>';
	const html = `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Admin</title></head>\n<body>\n<h1>Stock</h1>\n<table>\n${head}\n${rows.join('\n')}\n</table>\n</body>\n</html>`;
	return [{ path: 'platform/web/admin/index.html', text: html, note: `${rows.length} products` }];
}

export const frontend = {
	'web-setup': { title: 'React project setup', hours: 4, make: webSetup },
	'account-ui': { title: 'Login and registration UI', hours: 8, make: accountUi },
	'catalog-ui': { title: 'Product catalog UI', hours: 8, make: catalogUi },
	'cart-ui': { title: 'Shopping cart UI', hours: 10, make: cartUi },
	'checkout-ui': { title: 'Checkout flow UI', hours: 8, make: checkoutUi },
	'admin-ui': { title: 'Admin dashboard UI', hours: 6, make: adminUi },
};
