/** The command line as it was typed, quoted for a shell. @param {readonly string[]} args */
export function commandLine(args) {
  return `npx visavis evaluate ${args.map((arg) => (/^[\w./:=@%+,-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`)).join(' ')}`;
}
