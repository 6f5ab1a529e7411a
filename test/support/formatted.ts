import {readFile} from 'node:fs/promises';
import {format, type FormatConfig} from 'oxfmt';

/** A generated text as `npm run format` would write it into the file of that name. Throws where it cannot be read. */
export async function formatted(fileName: string, text: string): Promise<string> {
	const config = await readFile(new URL('../../.oxfmtrc.json', import.meta.url), 'utf8');
	const {code, errors} = await format(fileName, text, JSON.parse(config) as FormatConfig);
	if (errors.length > 0) throw new Error(errors.map(({message}) => message).join('\n'));
	return code;
}
