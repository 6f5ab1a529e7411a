/**
 * What a shell reads so that it completes the program: each asks the hidden `s3-replicate complete` with the words typed so far. `--quoted`:
 * quotes and backslashes are still in them.
 */
export const completionScripts = {
	bash: `# bash: eval "$(s3-replicate completion bash)", in ~/.bashrc for good.
_s3_replicate() {
  COMPREPLY=()
  local word begun="\${COMP_WORDS[COMP_CWORD]}"
  while IFS= read -r word; do
    # Behind an open quote nothing is quoted again.
    case "$begun" in [\\'\\"]*) ;; *) printf -v word '%q' "$word" ;; esac
    COMPREPLY+=("$word")
  done < <(s3-replicate complete --quoted -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _s3_replicate s3-replicate`,
	zsh: `# zsh: eval "$(s3-replicate completion zsh)", in ~/.zshrc for good, after compinit.
_s3_replicate() {
  local -a found
  found=("\${(@f)$(s3-replicate complete --quoted -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then
    compadd -a found
  else
    _files
  fi
}
compdef _s3_replicate s3-replicate`,
	fish: `# fish: s3-replicate completion fish | source, in ~/.config/fish/config.fish for good.
function __s3_replicate_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (s3-replicate complete --quoted -- $words[2..-1] 2>/dev/null)
    if set -q found[1]
        string join \\n -- $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c s3-replicate -f -a '(__s3_replicate_complete)'`,
	powershell: `# PowerShell: s3-replicate completion powershell | Out-String | Invoke-Expression, in $PROFILE for good.
Register-ArgumentCompleter -Native -CommandName s3-replicate, s3-replicate.cmd, s3-replicate.ps1 -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # What stands behind the cursor is not about the word, and quotes are not of it.
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { if ($_.PSObject.Properties['Value']) { "$($_.Value)" } else { $_.ToString() } })
    # An empty word does not reach a program as one before PowerShell 7.3.
    if ($wordToComplete -eq '') { $words += '--empty' }
    s3-replicate complete '--' @words 2>$null | Where-Object { $_ } | ForEach-Object {
        $text = if ($_ -match '^[A-Za-z0-9_:./=+-]+$') { $_ } else { "'" + $_.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
    }
}`,
} as const;

export type Shell = keyof typeof completionScripts;

export const shells = Object.keys(completionScripts) as Shell[];

/** What PowerShell sends for an empty word. */
export const emptyWord = '--empty';

/** What a shell says that hands the words on as they stand on the line. */
export const quotedWords = '--quoted';
