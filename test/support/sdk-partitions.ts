import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {formatted} from './formatted.js';

const root = path.resolve(import.meta.dirname, '../..');
const target = path.join(root, 'source/domain/partitions.ts');

/** The SDK exports what it knows of one region (`partition`), not the list: that is read from its file, a JSON text after its name. */
const file = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';

type SdkPartition = {
	readonly id: string;
	readonly outputs: {readonly dnsSuffix: string; readonly implicitGlobalRegion: string};
	readonly regionRegex: string;
	readonly regions: Readonly<Record<string, {readonly description: string}>>;
};

/** The partitions of the SDK that is installed. */
export async function sdkPartitions(): Promise<readonly SdkPartition[]> {
	const text = await readFile(path.join(root, file), 'utf8');
	const json = /^export const partitionsInfo = (\{[\s\S]*\});\s*$/.exec(text)?.[1];
	if (json === undefined) throw new Error(`${file} is written in another way than this expects.`);
	return (JSON.parse(json) as {readonly partitions: readonly SdkPartition[]}).partitions;
}

/** What `source/domain/partitions.ts` has to be with this SDK. */
export async function partitionsFile(): Promise<{readonly path: string; readonly text: string}> {
	const partitions = (await sdkPartitions()).map(({id, outputs, regionRegex, regions}) => ({
		id,
		dnsSuffix: outputs.dnsSuffix,
		globalRegion: outputs.implicitGlobalRegion,
		regionPattern: regionRegex,
		// Such as aws-global, which is nobody's region.
		places: Object.fromEntries(
			Object.entries(regions)
				.filter(([name]) => !name.endsWith('-global'))
				.map(([name, {description}]) => [name, description]),
		),
	}));
	const text = `${head}export const partitions: readonly Partition[] = ${JSON.stringify(partitions)};\n`;
	return {path: target, text: await formatted(target, text)};
}

const head = `/**
 * Made from the endpoint data of the SDK, which this folder may not import; \`test/domain/partitions.test.ts\` holds it to the SDK that is
 * installed, and writes it anew with \`npx vitest run test/domain/partitions.test.ts -u\`.
 */
export type Partition = {
	/** Such as \`aws-cn\`: the second part of every ARN. */
	readonly id: string;
	/** What its host names end in. */
	readonly dnsSuffix: string;
	/** Where what belongs to no region, such as IAM, is asked. */
	readonly globalRegion: string;
	/** What its regions are named like, those that open later, too. */
	readonly regionPattern: string;
	/** Its regions and where they are, in AWS's words. */
	readonly places: Readonly<Record<string, string>>;
};

`;
