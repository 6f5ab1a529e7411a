import {pricesOf} from '../watch/request-price.js';

/**
 * What a job of S3 Batch Replication costs, in US dollars. Source: Amazon S3 pricing, "Management & insights", Batch Operations and Batch
 * Replication. Transfer, requests and storage of the replicas come beside it, as in all replication.
 */
const jobUsd = 0.25;
const perMillionObjectsUsd = 1;
const perMillionListedUsd = 0.015;

/** How many objects a job has, and how many versions are listed to find them, as far as is known. */
export type JobSize = {readonly objects?: number; readonly listed?: number};

/** The price of a job in US dollars; without its size that of making it. */
function jobPriceUsd({objects = 0, listed = 0}: JobSize): number {
	return jobUsd + (objects * perMillionObjectsUsd) / 1e6 + (listed * perMillionListedUsd) / 1e6;
}

/** What a job costs before anybody knows its size. */
export const jobPriceText = `A job costs $0.25, $1.00 a million objects and $0.015 a million listed to find them, and the transfer beside it (${pricesOf})`;

/** What a job of so many objects costs. */
export function pricedText(objects: number): string {
	const count = `${objects} ${objects === 1 ? 'object' : 'objects'}`;
	return `${count}: about $${dollars(jobPriceUsd({objects}))}, and listing and transfer beside it (${pricesOf})`;
}

/** Dollars with as many digits as say something. */
export function dollars(usd: number): string {
	if (usd >= 0.1 || usd === 0) return usd.toFixed(2);
	return usd.toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))));
}
