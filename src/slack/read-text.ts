/**
 * What Slack writes into a typed line, back into what the person meant: `<@U1|ana>` → `@U1`, `<#C1|x>` → `#C1`,
 * `<http://x|label>` → the address, `<!here>` → `@here`, and `&amp; &lt; &gt;` → `& < >`.
 */
export function readText(text: string): string {
  return text
    .replace(/<([@#!]?)([^<>|]*)(?:\|[^<>]*)?>/g, (_, sign: string, body: string) => {
      if (sign === '!') return `@${body.replace(/^subteam\^/, '')}`;
      return sign === '' ? body.replace(/^mailto:/, '') : `${sign}${body}`;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
