import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const masker = createMasker();

/** `db_password` as each convention writes it. */
const snake = (key: string): string => key;
const upper = (key: string): string => key.toUpperCase();
const kebab = (key: string): string => key.replaceAll('_', '-');
const camel = (key: string): string => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const pascal = (key: string): string => camel(key).replace(/^./, (letter) => letter.toUpperCase());

/** How configurations, dumps, commands and code write a key and its value: # is the key, @ the value. */
const FORMS: readonly (readonly [(key: string) => string, string])[] = [
  [upper, '#=@'], [upper, "+ export #='@'"], [snake, '  #: @'], [camel, '#: "@"'], [camel, '{"a":1,"#":"@","b":2}'], [snake, '{"msg":"{\\"#\\":\\"@\\"}"}'], [kebab, 'app --# @ --x'], [kebab, "Popen(['app', '--#', '@', '-v'])"],
  [kebab, 'cmd: ["app","--#=@"]'], [snake, 'GET /x?a=1&#=@&b=2 200'], [camel, '<#>@</#>'], [camel, '<conn host="x" #="@" port="1"/>'], [pascal, '<add key="#" value="@" />'], [camel, '<property name="#">@</property>'], [snake, '# = "@"'],
  [snake, '<input name="#" type="hidden" value="@">'], [snake, '<input value="@" name="#">'], [snake, '{:#=>"@", :id=>3}'], [snake, "'#' => '@',"], [snake, '    [#] => @'], [snake, '["#"]=> string(9) "@"'], [snake, "Config(host='x', #='@', port=1)"],
  [pascal, '&{Host:x #:@ Port:1}'], [snake, 'Config { #: Some("@"), x: 1 }'], [camel, '  ▿ #: Optional("@")'], [camel, "Config{host='x', #='@', port=1}"], [camel, 'Config(host=x, #=Optional[@], port=1)'], [snake, '# -> @'], [kebab, "curl -H 'x-#: @' https://x"],
  [upper, '        - name: #\n          value: @'], [upper, '    {\n      "name": "#",\n      "value": "@"\n    },'], [upper, '{"name":"#","value":"@"}'], [upper, 'docker run -e #=@ img'], [upper, 'Step 3/9 : ENV # @'], [upper, 'setx # "@"'], [upper, 'set -gx # @'],
  [upper, "$env:# = '@'"], [pascal, '#                : @'], [upper, "os.environ['#'] = '@'"], [upper, 'process.env.# = "@"'], [snake, 'config.set("#", "@")'], [snake, 'put key=# value=@'], [snake, '"SET" "#" "@"'], [snake, 'HSET config # @'], [snake, 'etcdctl put /config/# @'],
  [snake, 'aws ssm put-parameter --name /prod/# --value @'], [upper, 'gh secret set # --body @'], [kebab, 'kubectl create secret generic x --from-literal=#=@'], [snake, "terraform apply -var '#=@'"], [snake, '      ~ #  = "@" -> (known after apply)'], [upper, 'Environment="#=@"'],
  [snake, '# is @'], [snake, 'Setting # to @'], [snake, "# set to '@'"], [snake, 'invalid #: @'], [snake, '| #   | @     |'], [snake, 'body=%7B%22#%22%3A%22@%22%7D'], [snake, '&quot;#&quot;:&quot;@&quot;'], [snake, String.raw`{\u0022#\u0022:\u0022@\u0022}`], [snake, String.raw`#\u003d@\u0026x=1`],
  [camel, '{status: ok, #: @, device: Pixel}'], [kebab, '{:# "@", :port 1}'], [snake, '{#,"@"}'], [snake, 's:9:"#";s:9:"@";'], [snake, '"#":\n  "@"'], [snake, '#: |\n  @'], [snake, "INSERT INTO c (id, #) VALUES (1, '@')"], [camel, 'props.put("#", "@");'], [snake, '# = base64decode("@")'],
];

const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const TOKEN = 'xK9fJ2mQ8vLr3TzWnB5cYh7D';
const SECRETS: readonly (readonly [string, string])[] = [['db_password', 'Harbour2291'], ['smtp_password', 'dkJp.YIL196'], ['client_secret', TOKEN], ['app_secret', HEX], ['api_key', TOKEN], ['encryption_key', HEX], ['access_token', TOKEN], ['webhook_secret', HEX]];
const HARMLESS: readonly (readonly [string, string])[] = [
  ['token_count', '4096'], ['token_type', 'bearer'], ['secret_name', 'orders-db-7'], ['password_policy', 'strict'], ['password_file', '/etc/app/password.txt'], ['public_key', HEX], ['cache_key', 'orders-cache-9'], ['idempotency_key', '3f2b8c1e-9d4a-4e6f-8b7c-1a2b3c4d5e6f'], ['key_id', HEX],
  ['session_timeout', '1800'], ['credential_provider', 'ldap'], ['auth_method', 'oauth2'], ['trace_id', HEX], ['commit', `${HEX}abcdef12`], ['is_secret', 'true'], ['password_required', 'false'], ['hash_algorithm', 'sha256'], ['seed', '1234'], ['author', 'kim'], ['version', '4.12.7'],
];

const written = ([write, form]: (typeof FORMS)[number], key: string, value: string): string => form.replaceAll('#', () => write(key)).replace('@', () => value);

describe('every way to write a key and its value', () => {
  it.each(FORMS)('%o %s', (write, form) => {
    for (const [key, value] of SECRETS) {
      const out = masker.mask(written([write, form], key, value));
      expect(out).not.toContain(value.slice(2, 9));
      expect(masker.mask(out)).toBe(out);
    }
    // What a command or a status says to be secret is, whatever its name.
    const others = /secret set|Optional/.test(form) ? [] : HARMLESS.map(([key, value]) => written([write, form], key, value));
    expect(others.map((line) => masker.mask(line))).toEqual(others);
  });
});
