import type { RunSummary } from '../../shared/item';
import type { Row } from './summary';
import { counted } from './words';

/** How far a report is about a dry run. */
export interface Dryness {
	/** All of it: nothing was changed. */
	dryRun: boolean;
	/** Platforms whose run was dry, where others were not. */
	dryPlatforms: string[];
	/** Where decisions of a dry run and of a real one have come together. */
	sentence?: string;
}

/** What a step has done is no dry run, whatever the summary of the plan says. */
export function drynessOf(runs: RunSummary[], rows: Row[]): Dryness {
	const live = rows.filter(({ item, dryRun }) => item.decision !== undefined && !dryRun);
	const previewed = rows.filter(({ dryRun }) => dryRun);
	const only = runs.length === 1 ? runs[0]?.platform : undefined;
	const platformOf = ({ item }: Row) => item.decision?.platform ?? only;
	const liveIn = new Set(live.map(platformOf));
	const isDry = runs.length > 0 ? runs.every((run) => run.dryRun) : previewed.length > 0;
	const dryRun = isDry && live.length === 0;
	const dry = runs.filter((run) => run.dryRun && !liveIn.has(run.platform) && !liveIn.has(undefined));
	const isMixed =
		runs.some((run) => run.dryRun && (liveIn.has(run.platform) || liveIn.has(undefined))) ||
		previewed.some((row) => {
			const platform = platformOf(row);
			return liveIn.has(platform) || runs.some((run) => run.platform === platform && !run.dryRun);
		});
	const parts = [
		previewed.length > 0 && `${counted(previewed.length, 'decision')} only previewed`,
		live.length > 0 && `${counted(live.length, 'decision')} for real`,
		runs.some((run) => run.dryRun) && 'a plan that was a dry run',
		runs.some((run) => !run.dryRun) && 'a plan that was no dry run',
	].filter((part) => part !== false);
	const sentence = `A dry run and a real run have come together here: ${parts.join(', ')}. Look at where the items of this report come from before you rely on it.`;
	return {
		dryRun,
		dryPlatforms: dryRun ? [] : dry.map(({ platform }) => platform),
		...(isMixed && { sentence }),
	};
}
