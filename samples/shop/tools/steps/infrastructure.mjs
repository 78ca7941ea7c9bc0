// The infrastructure: containers, a pipeline, manifests, monitoring and backups.

import { listFiles, readJson, shop, toJson } from '../lib/project.mjs';

function docker() {
	const files = shop.services.map(({ name, base, port }) => ({
		path: `platform/infra/docker/${name}.Dockerfile`,
		text: `FROM ${base}\nWORKDIR /srv/${name}\nCOPY . .\nEXPOSE ${port}\n`,
		note: base,
	}));
	const services = Object.fromEntries(
		shop.services.map(({ name, port }) => [
			name,
			{ build: { context: '../..', dockerfile: `infra/docker/${name}.Dockerfile` }, ports: [`${port}:${port}`] },
		]),
	);
	const compose = { services: { ...services, database: { image: 'postgres:17', volumes: ['data:/var/lib/postgresql/data'] } }, volumes: { data: {} } };
	return [...files, { path: 'platform/infra/docker/compose.json', text: toJson(compose), note: 'for docker compose -f' }];
}

function pipeline() {
	const compose = readJson('platform/infra/docker/compose.json', 'TASK-003');
	const built = Object.entries(compose.services).filter(([, service]) => service.build !== undefined);
	const images = Object.fromEntries(built.map(([name]) => [name, `registry.${shop.domain}/${name}:main`]));
	const jobs = built.flatMap(([name, { build }]) => [
		`  ${name}:`,
		'    runs-on: ubuntu-latest',
		'    steps:',
		'      - uses: actions/checkout@v5',
		`      - run: docker build --file ${build.dockerfile} --tag ${images[name]} .`,
		`      - run: docker push ${images[name]}`,
	]);
	const workflow = ['name: Deliver', 'on:', '  push:', '    branches: [main]', 'jobs:', ...jobs];
	return [
		{ path: 'platform/infra/pipeline/deliver.yaml', text: workflow.join('\n'), note: `${built.length} jobs` },
		{ path: 'platform/infra/pipeline/images.json', text: toJson(images), note: 'what gets deployed' },
	];
}

function kubernetes() {
	const images = readJson('platform/infra/pipeline/images.json', 'TASK-007');
	return shop.services.flatMap(({ name, port, replicas, health }) => {
		const labels = { app: name };
		const container = {
			name,
			image: images[name],
			ports: [{ containerPort: port }],
			readinessProbe: { httpGet: { path: health, port } },
			resources: { limits: { memory: '256Mi' } },
		};
		const deployment = {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: { name },
			spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
		};
		const service = {
			apiVersion: 'v1',
			kind: 'Service',
			metadata: { name },
			spec: { selector: labels, ports: [{ port: 80, targetPort: port }] },
		};
		return [
			{ path: `platform/infra/kubernetes/${name}-deployment.json`, text: toJson(deployment), note: `${replicas} replicas` },
			{ path: `platform/infra/kubernetes/${name}-service.json`, text: toJson(service), note: `port ${port}` },
		];
	});
}

function monitoring() {
	const services = listFiles('platform/infra/kubernetes', 'TASK-011')
		.filter((name) => name.endsWith('-service.json'))
		.map((name) => readJson(`platform/infra/kubernetes/${name}`, 'TASK-011').metadata.name);
	const scrape = services.flatMap((name) => [`  - job_name: ${name}`, '    static_configs:', `      - targets: ['${name}:80']`]);
	const alerts = services.map((name) => ({ alert: `${name}-down`, expr: `up{job="${name}"} == 0`, for: '2m' }));
	const panels = services.map((name, index) => ({ id: index + 1, title: `${name}: requests a second`, type: 'timeseries' }));
	return [
		{ path: 'platform/infra/monitoring/prometheus.yaml', text: ['scrape_configs:', ...scrape].join('\n'), note: `${services.length} targets` },
		{ path: 'platform/infra/monitoring/alerts.json', text: toJson({ groups: [{ name: 'availability', rules: alerts }] }), note: `${alerts.length} alerts` },
		{ path: 'platform/infra/monitoring/dashboard.json', text: toJson({ title: shop.name, panels }), note: `${panels.length} panels` },
	];
}

function backups() {
	const script = [
		'#!/bin/sh',
		'# Dumps the database and keeps the newest fourteen dumps.',
		'set -eu',
		': "${BACKUP_FOLDER:?set BACKUP_FOLDER}"',
		'pg_dump --format=custom --file "$BACKUP_FOLDER/$(date +%Y%m%dT%H%M%S).dump" "$DATABASE_URL"',
		'ls -1t "$BACKUP_FOLDER"/*.dump | tail -n +15 | while read -r old; do rm -- "$old"; done',
	];
	const schedule = { schedule: '15 3 * * *', keep: 14, restoreTestedEveryDays: 7 };
	return [
		{ path: 'platform/infra/backup/backup.sh', text: script.join('\n'), note: 'pg_dump with rotation' },
		{ path: 'platform/infra/backup/schedule.json', text: toJson(schedule), note: 'every night' },
	];
}

export const infrastructure = {
	docker: { title: 'Docker containers', hours: 6, make: docker },
	pipeline: { title: 'CI/CD pipeline', hours: 6, make: pipeline },
	kubernetes: { title: 'Kubernetes manifests', hours: 10, make: kubernetes },
	monitoring: { title: 'Monitoring setup', hours: 6, make: monitoring },
	backups: { title: 'Database backups', hours: 4, make: backups },
};
