import {useMemo} from 'react';
import {jsonText, visibleJson} from '../../../domain/text/visible-text.js';
import {LineView, type LineViewProps} from '../text/line-view.js';
import {wrapHard} from '../text/truncate.js';

type JsonViewProps = Omit<LineViewProps, 'lines'> & {
	/** The document: exactly the value that is sent. */
	readonly value: unknown;
};

/** The lines of a document; what is wider than the view is broken, nothing is left out. */
export const jsonLines = (value: unknown, width: number): readonly string[] =>
	// A document that is text already (a policy as it stands at AWS) is not quoted once more.
	(typeof value === 'string' ? visibleJson(value).replaceAll('\t', '  ') : jsonText(value ?? null, 2))
		.split(/\r?\n/)
		.flatMap((line) => wrapHard(line, width));

/** A JSON document that scrolls. */
export const JsonView = ({value, width, ...view}: JsonViewProps) => {
	const lines = useMemo(() => jsonLines(value, width).map((text) => [{text}]), [value, width]);
	return <LineView {...view} lines={lines} width={width} />;
};
