/** What a process has worked since a moment. */
export interface Effort {
	seconds: number;
	/** Of all its threads. */
	cpuSeconds: number;
	/** Share of the time in which its JavaScript was at work: near one, it kept others waiting. */
	busy: number;
}

/** @returns tells the effort since this call */
export function sinceNow(): () => Effort {
	const start = performance.now();
	const cpu = process.cpuUsage();
	const loop = performance.eventLoopUtilization();
	return () => {
		const { user, system } = process.cpuUsage(cpu);
		return {
			seconds: (performance.now() - start) / 1000,
			cpuSeconds: (user + system) / 1e6,
			busy: performance.eventLoopUtilization(loop).utilization,
		};
	};
}
