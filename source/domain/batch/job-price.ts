import {pricesOf, requestPriceUsd} from '../watch/request-price.js';
import {countText} from './count-text.js';

/**
 * What a job of S3 Batch Replication costs, in US dollars. Source: Amazon S3 pricing, "Management & insights", Batch Operations and Batch
 * Replication. Transfer, requests and storage of the replicas come beside it, as in all replication.
 */
const jobUsd = 0.25;
const perMillionObjectsUsd = 1;
const perMillionListedUsd = 0.015;

/** How many objects a job has, and how many versions are listed to find them, as far as is known. */
type JobSize = {readonly objects?: number; readonly listed?: number};

/** The price of a job in US dollars; without its size that of making it. */
function jobPriceUsd({objects = 0, listed = 0}: JobSize): number {
	return jobUsd + (objects * perMillionObjectsUsd) / 1e6 + (listed * perMillionListedUsd) / 1e6;
}

/** What a job costs before anybody knows its size. */
export const jobPriceText = `A job costs $0.25 and the transfer; each million objects $1.00 and $0.015 to list (${pricesOf})`;

/** What a job of so many objects costs. */
function pricedText(objects: number): string {
	const count = `${countText(objects)} ${objects === 1 ? 'object' : 'objects'}`;
	return `${count}: about $${dollars(jobPriceUsd({objects}))}, and listing and transfer beside it (${pricesOf})`;
}

/** What a yes is asked for once a job is prepared. AWS does not say that the count is there then: where it is not, the question says so. */
export function copyQuestion(objects: number | undefined): string {
	return objects === undefined
		? 'Copy the objects (S3 does not say how many)'
		: `Copy ${pricedText(objects)}`;
}

/** Dollars with as many digits as say something. */
function dollars(usd: number): string {
	if (usd >= 0.1 || usd === 0) return usd.toFixed(2);
	return usd.toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))));
}

/** What the listings of a comparison cost, in US dollars: at least, and where there are as many objects as are compared at most. */
type ComparisonPrice = {readonly from: number; readonly to: number};

/** A listing has so many versions and delete markers a page. Source: S3 API Reference, ListObjectVersions. */
const perPage = 1000;

/** What it costs to compare two buckets; how many versions and delete markers they have is not known before. */
export function comparisonPrice(maxObjects: number): ComparisonPrice {
	const pages = 2 * Math.max(1, Math.ceil(maxObjects / perPage));
	return {from: listingUsd(2), to: listingUsd(pages)};
}

/** The same, for people. */
export function comparisonPriceText({from, to}: ComparisonPrice): string {
	return `Listing costs from $${dollars(from)} to $${dollars(to)}: how many versions there are is not known (${pricesOf})`;
}

function listingUsd(pages: number): number {
	return requestPriceUsd({put: 0, list: pages, head: 0});
}
