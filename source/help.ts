import {Command, Option} from 'commander';
import type {CommandName, Option as OptionSpec} from './domain/answers/option.js';
import {commanderOption, optionsOf} from './command-line/options.js';
import {commandNames, program} from './program.js';

const helpWidth = 80;

/** The headings that options stand under, in the order in which a page shows them. */
export const helpGroups: Readonly<Record<OptionSpec['group'], string>> = {
	answers: "Answers to the wizard's questions:",
	run: 'The run:',
	watch: 'The watch:',
	diagnose: 'The diagnosis:',
	export: 'The export:',
	batch: 'Objects that exist already:',
	sandbox: 'The served sandbox:',
	general: 'General:',
};

const exitCodes = `
Exit codes:
  0    done and, where files were watched, every one is replicated everywhere
  1    failed
  2    wrong usage, or something is missing that was not asked for
  130  cancelled (Ctrl-C, SIGTERM, q before the end)
`;

/** The help of the program, without a command; or of one command, the wizard being one: made from the tables of commands and options. */
export function helpText(command?: CommandName): string {
	return command === undefined ? programHelp() : commandHelp(command);
}

function programHelp(): string {
	const root = page('s3-replicate')
		.description('Guided setup of Amazon S3 replication, with live proof that it works.')
		.usage('[command] [options]')
		.helpCommand('help [COMMAND]', 'the options of a command, with examples; help wizard: of the wizard');
	root.command('(none)').description(program.wizard.summary);
	for (const name of commandNames) {
		const {summary, operand} = program[name];
		root.command(operand ? `${name} [${operand.placeholder}]` : name).description(summary);
	}

	root
		.command('completion SHELL')
		.description('what bash, zsh, fish or powershell reads to complete all this');
	return `${withVersion(root).helpInformation()}${exitCodes}\nTry it without an AWS account:  s3-replicate apply --sandbox --yes\n`;
}

function commandHelp(name: CommandName): string {
	const {summary, operand} = program[name];
	const one = page(name === 'wizard' ? 's3-replicate' : `s3-replicate ${name}`).description(
		`${capital(summary)}.`,
	);
	if (operand) one.argument(`[${operand.placeholder}]`);
	for (const [, option] of optionsOf(name))
		one.addOption(commanderOption(option).helpGroup(helpGroups[option.group]));
	return `${withVersion(one).helpInformation()}${examplesOf(name)}`;
}

function page(title: string): Command {
	return new Command(title)
		.configureHelp({helpWidth})
		.addHelpOption(new Option('-h, --help', 'show this').helpGroup(helpGroups.general));
}

/** The last of the options, so that their group is. */
function withVersion(one: Command): Command {
	return one.addOption(
		new Option('--version', 'show the version, with those of Node and of the AWS SDK').helpGroup(
			helpGroups.general,
		),
	);
}

function examplesOf(name: CommandName): string {
	const lines = program[name].examples.map(([line, what]) => `  ${line}\n      ${what}`);
	return `\nExamples:\n${lines.join('\n')}\n`;
}

function capital(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
