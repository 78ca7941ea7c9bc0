/** How long frames take while a plan of 10,000 tasks is moved, zoomed and simulated anew, with a share of their time. */
export async function measureFrames({ browser, base, size }) {
	for (const [page, query] of [
		['preview', 'plan=10000'],
		['timeline', 'plan=10000&run'],
	]) {
		const tab = await browser.newPage({ viewport: size });
		await tab.goto(`${base}/${page}-dark.html?${query}`);
		await tab.locator('.gantt').waitFor();
		await tab.waitForTimeout(3_000);
		// Time of the processor alone says the same on a busy machine; frames do not.
		const session = await tab.context().newCDPSession(tab);
		await session.send('Performance.enable', { timeDomain: 'threadTicks' });
		const cpu = async () => {
			const { metrics } = await session.send('Performance.getMetrics');
			return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
		};
		const report = async (what, act) => {
			const before = await cpu();
			const frames = await watch(tab, act);
			const cpuMs = Math.round((await cpu()) - before);
			process.stdout.write(`${page}, ${what}: ${JSON.stringify({ ...frames, cpuMs })}\n`);
		};
		const wheel = (dx, dy, count, key) => async () => {
			await tab.mouse.move(800, 600);
			if (key !== undefined) {
				await tab.keyboard.down(key);
			}
			for (let n = 0; n < count; n++) {
				await tab.mouse.wheel(dx, dy);
			}
			if (key !== undefined) {
				await tab.keyboard.up(key);
			}
		};
		await report('nothing', async () => tab.waitForTimeout(1_000));
		await report('zoom in', wheel(0, -60, 60, 'Control'));
		await report('pan', wheel(90, 0, 60));
		await report('zoom out', wheel(0, 60, 60, 'Control'));
		await report('scroll', wheel(0, 90, 60));
		if (page === 'preview') {
			await report('agents 1 to 20', async () => {
				for (let n = 1; n <= 20; n++) {
					await tab.locator('.agentsInput').fill(String(n));
				}
			});
			const strategies = async () => {
				for (const name of ['aggressive', 'hybrid', 'sequential', 'tracks']) {
					await tab.locator('.strategySelect').selectOption(name);
					await tab.waitForTimeout(600);
				}
			};
			// The first time the stand-in of the server reads the plan anew, in the page.
			await strategies();
			await tab.waitForTimeout(2_000);
			await report('strategies', strategies);
			await tab.locator('#tab-layers').click();
			await tab.waitForTimeout(300);
			await report('layers, scrolled', wheel(400, 0, 60));
			await tab.locator('#tab-tasks').click();
			await tab.waitForTimeout(300);
			await report('list, scrolled', wheel(0, 600, 60));
		}
		await tab.close();
	}
}

/** Times between frames while something is done, and long tasks of the page's thread; milliseconds. */
async function watch(tab, act) {
	await tab.evaluate(() => {
		const record = { gaps: [], long: [], last: performance.now(), on: true };
		window.record = record;
		new PerformanceObserver((list) => {
			record.long.push(...list.getEntries().map(({ duration }) => duration));
		}).observe({ entryTypes: ['longtask'] });
		const step = (now) => {
			record.gaps.push(now - record.last);
			record.last = now;
			if (record.on) {
				requestAnimationFrame(step);
			}
		};
		requestAnimationFrame(step);
	});
	await act();
	await tab.waitForTimeout(200);
	return tab.evaluate(() => {
		const { gaps, long } = window.record;
		window.record.on = false;
		const sorted = gaps.slice(1).sort((a, b) => a - b);
		const at = (share) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
		return {
			frames: sorted.length,
			median: at(0.5),
			p95: at(0.95),
			worst: at(1),
			longTasks: long.length,
			longest: Math.round(Math.max(0, ...long)),
		};
	});
}
