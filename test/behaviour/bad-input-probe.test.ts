import { it } from 'vitest';
import { writeFileSync, appendFileSync } from 'node:fs';
import { openScene } from './bad-input-scene.ts';
const F = '/tmp/probe.txt';
writeFileSync(F, '');
const lines: string[] = [
 '', 'frobnicate', 'lgo K7T2-9 phone reached', 'log '+'x'.repeat(39990), 'x'.repeat(40000), '🎉🎉🎉', 'log 🎉', 'log K7T2-9 phone 🎉',
 '\u202eK7T2-9 log', 'log К7T2-9 phone reached', 'log K7Т29 phone reached','log José García phone reached', 'log Jose\u0301 Garci\u0301a phone reached',
 'log K7T2-9 <!channel>', 'log K7T2-9 phone reached <!channel>', 'log <!channel> phone reached','log @jon phone reached','log @Jon Reyes phone reached','log K7T2-9 phone reached @jon','log <@U0JON> phone reached',
 'log <https://evil.example|K7T2-9> phone reached', "log K7T2-9'; DROP TABLE contact;-- phone reached", "log ' OR 1=1 -- phone reached", 'log ${process.env} phone reached', 'log {{7*7}} phone reached', 'log K7T2-9 phone reached ${process.env}', 'log %s%n phone reached', 'log ../../etc/passwd phone reached','log __proto__ phone reached', 'constructor', 'toString', '__proto__', 'log K7T2-9 constructor reached', 'log K7T2-9 phone toString','help __proto__', 'help constructor',
 ...['-15m','-15','0','0m','1441','1441m','24h1','25h','1e3','NaN','Infinity','-Infinity','1.5','1,5','1.5h','1h75','١٥','１５','15,000','0x10','15mm','+15','١٥m', '99999999999999999999'].map(m=>`log K7T2-9 phone reached ${m}`),
 ...['2/30','2026-02-30','31/11','12/3','3/12','9999-12-31','2031-12-01','0000-00-00','13/13','2027-02-29','mon','monday','yesterday','2026-11-20','2027-11-24','2028-12-01','soon','5','+999999999d','+200bd','-3d','','phone', '1.5', '12-3', 'fri mon', '5/5/5', '32dec', 'frday'].map(d=>`log K7T2-9 phone reached fu ${d}`),
 ...['tomorrow','2026-12-01','2024-01-01','mon','2025-11-20', '12/3','9999-01-01', '2/30'].map(d=>`log K7T2-9 phone reached on ${d}`),
 'log K7T2-9 phone reached fri', 'log K7T2-9 phone reached fu tue fu wed', 'log K7T2-9 M4XR-1 phone reached', 'log K7T2-9 phone video reached', 'log K7T2-9 phone reached no-show', 'log K7T2-9 phone reached 15m 20m',
 'log K7T2-8 phone reached','log K7T28 phone reached', 'log KT72-9 phone reached','log K7T2-9X phone reached','log K7TI-9 phone reached','log K7T-9 phone reached', 'log W3ST-4 phone reached', 'log ZZ00-1 phone reached', 'log FR33-J phone reached', 'log D1SC-S phone reached', 'log 1NAC-E phone reached','log DEC3-Y phone reached', 'log W3ST-4', 'log D1SC-S', 'log DEC3-Y',
 'client K7T2-8','client W3ST-4','client FR33-J','client ZZ00-1', 'client Dan Dee','client dan', 'client K7T2-9 M4XR-1', 'client D1SC-S', 'client DEC3-Y',
 'log Maria Lopez phone reached 15m', 'log maria phone reached', 'log K7T2-9 Dan phone reached', 'log K7T2-9 Dan Dee phone reached','log K7T2-9 dan dee phone reached', 'log Dan', 'Maria Lopez', 'maria','next Maria Lopez','next K7T2-9','caseload jon', 'help Dan Dee', 'help logg', 'log K7T2-9 phone reachd', 'log K7T2-9 phone talked to his mother about the eviction', 'log K7T2-9 phon reached','log MARIA', 'log mark phone reached', 'log peter phone reached 15m', 'client 555-0101', 'log 555-0101 phone reached', 'log 1974-03-01 phone reached','log 123-45-6789 phone reached', 'log dan@dee.org phone reached','log MRN12345 phone reached', '/log K7T2-9 fone reached', 'care care care', '/care', 'care', '?', 'help help', 'more', '.', '"', "''", '   ', '\u200b\u200b',
 'log K7T2-9 '.repeat(200), 'log ' + 'K7T2-9 '.repeat(500), 'log ' + 'Zoe '.repeat(900),
];
it('probe', async () => {
  for (const p of (process.env.P ?? 'slack').split(',') as ('slack'|'teams')[]) {
    const s = await openScene(p);
    for (const l of lines) {
      const h = s.hand('maya');
      const o = await s.watch('maya', async () => { const sc = await h.types(l); if (sc.form) appendFileSync(F, `  FORM ${sc.form.title} | ${sc.form.text.replaceAll('\n',' / ')} | ${JSON.stringify(sc.form.initial)}\n`);
        if (p==='slack') { for (const v of [...s.world.slack.views(s.userOf('maya'))].reverse()) await s.world.slack.closeView({user:s.userOf('maya'), view:v.id}); } });
      appendFileSync(F, `${p} ${JSON.stringify(l.slice(0,80))}\n    ${JSON.stringify(o.said.slice(0,400))} [${o.screen.buttons.slice(0,4)}] ${o.changed} | ${o.audited} ${JSON.stringify(s.world.logged.at(-1)??null)}\n`);
    }
    await s.close();
  }
}, 300000);
