import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_MARK, type KnownFrame, knownFrameOf, parseException } from './fold.ts';

const JAVA = `2025-02-01 14:05:01 ERROR checkout failed
com.acme.shop.CheckoutException: Could not place order 17
	at com.acme.shop.CheckoutService.place(CheckoutService.java:44)
	at org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:897)
	Suppressed: java.io.IOException: close failed
		at com.acme.shop.Resource.close(Resource.java:3)
	... 42 more
Caused by: java.net.ConnectException: Connection refused
	at java.base/sun.nio.ch.Net.connect(Net.java:1)
	at com.acme.shop.Db$$SpringCGLIB$$0.open(<generated>)
	at com.acme.shop.Db.open(Db.java:9)
	... 12 common frames omitted`;

const PYTHON = `Traceback (most recent call last):
  File "/srv/app/db.py", line 3, in open
    raise ConnectionError("refused")
ConnectionError: refused

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/usr/lib/python3.12/site-packages/flask/app.py", line 1, in dispatch
    return f()
  File "/srv/app/views.py", line 9, in checkout
    open()
app.errors.CheckoutError: could not place`;

const NODE = `Error: could not place
    at checkout (/srv/app/src/checkout.js:10:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  [cause]: TypeError: x is undefined
      at open (file:///srv/app/src/db.js:3:1)
      at Object.<anonymous> (/srv/app/node_modules/pg/index.js:1:1)
}`;

const GO = `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]

goroutine 7 [running]:
example.com/shop/cart.(*Store).Get(0x0, {0xc000, 0x4})
	/srv/cart/store.go:31 +0x1d
net/http.HandlerFunc.ServeHTTP(0xc000)
	/usr/local/go/src/net/http/server.go:2136 +0x29

goroutine 1 [chan receive]:
main.main()
	/srv/main.go:5 +0x1`;

const DOTNET = `System.InvalidOperationException: could not place
 ---> System.Net.Sockets.SocketException (111): Connection refused
   at System.Net.Sockets.Socket.Connect(EndPoint remote)
   at Acme.Shop.Db.Open(String name) in /src/Db.cs:line 12
   --- End of inner exception stack trace ---
   at Acme.Shop.Checkout.Place(Order order) in /src/Checkout.cs:line 40`;

const RUBY = `/srv/app/cart.rb:12:in 'fetch': key not found: :sku (KeyError)
	from /usr/lib/ruby/gems/3.3.0/gems/rack-3.0/lib/rack.rb:1:in 'call'
	from /srv/app/main.rb:3:in '<main>'`;

const own = (text: string): string[] => (parseException(text)?.frames ?? []).filter((frame) => frame.own).map((frame) => frame.text);

describe('frames that are known', () => {
  const marked = (text: string): readonly [string, KnownFrame[]] => {
    const frames: KnownFrame[] = [];
    const lines = text.split('\n').map((line) => {
      const known = line.trimStart().startsWith('at ') ? knownFrameOf(line) : null;
      if (known !== null) frames.push(known);
      return known === null ? line : FRAME_MARK;
    });
    return [lines.join('\n'), frames];
  };

  it('tell the same as their lines', () => {
    const [text, frames] = marked(JAVA);
    expect(frames.length).toBeGreaterThan(3);
    expect(parseException(text, frames)).toEqual(parseException(JAVA));
  });

  it.each([
    ['\tat com.acme.Cart.load(Cart.java:9)', '\tat com.acme.Cart.load(Cart.java:1044)'],
    ['   at Acme.Shop.Cart.Load(Guid id) in /srv/Cart.cs:line 12', '   at Acme.Shop.Cart.Load(Guid id) in /srv/Cart.cs:line 7'],
    ['    at com.acme.Cart.load(Native Method)', '    at com.acme.Cart.load(Native Method)'],
  ])('are those whose lines differ in the line number only: %s', (line, other) => {
    expect(knownFrameOf(line)).not.toBeNull();
    expect(knownFrameOf(line)).toEqual(knownFrameOf(other));
  });

  it.each(['\tat com.acme.Cart2.load(Cart2.java:9)', '    at load (/srv/cart.js:10:5)', 'Caused by: java.io.IOException: gone', ''])('are no others: %s', (line) => {
    expect(knownFrameOf(line)).toBeNull();
  });
});

describe('parseException', () => {
  it.each([
    ['java', JAVA, ['com.acme.shop.CheckoutException', 'java.net.ConnectException'], 'Connection refused', ['com.acme.shop.Db.open', 'com.acme.shop.CheckoutService.place']],
    ['python', PYTHON, ['app.errors.CheckoutError', 'ConnectionError'], 'refused', ['app/db.py:open', 'app/views.py:checkout']],
    ['node', NODE, ['Error', 'TypeError'], 'x is undefined', ['src/db.js:open', 'src/checkout.js:checkout']],
    ['go', GO, ['panic'], 'invalid memory address or nil pointer dereference', ['example.com/shop/cart.(*Store).Get']],
    ['.net', DOTNET, ['System.InvalidOperationException', 'System.Net.Sockets.SocketException'], 'Connection refused', ['Acme.Shop.Db.Open', 'Acme.Shop.Checkout.Place']],
    ['ruby', RUBY, ['KeyError'], 'key not found: :sku', ['app/cart.rb:fetch', 'app/main.rb:<main>']],
  ])('reads %s', (_, text, types, message, frames) => {
    const parsed = parseException(text);
    expect(parsed?.types).toEqual(types);
    expect(parsed?.message).toBe(message);
    expect(own(text)).toEqual(frames);
  });

  it('believes the trace rather than the log line before it', () => {
    const text = 'ERROR request failed [handler said: com.acme.CartException: cart is null] with root cause\n\ncom.acme.CartException: cart is null\n\tat com.acme.Cart.load(Cart.java:9)';
    expect(parseException(text)).toMatchObject({ types: ['com.acme.CartException'], message: 'cart is null' });
    expect(parseException('ERROR failed: com.acme.CartException: cart is null\n\tat com.acme.Cart.load(Cart.java:9)')).toMatchObject({ message: 'cart is null' });
  });

  it('gives the same frames whatever the line numbers', () => {
    expect(own(JAVA)).toEqual(own(JAVA.replace(/\.java:\d+/g, '.java:7')));
  });

  it('finds none in prose', () => {
    expect(parseException('nothing at all\nhappened at noon')).toBeNull();
  });

  it('never throws and stays bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...JAVA.split('\n'), ...PYTHON.split('\n'), ...GO.split('\n'), ...DOTNET.split('\n'), ...NODE.split('\n'))), { maxLength: 60 }), (lines) => {
        const parsed = parseException(lines.join('\n'));
        expect((parsed?.frames.length ?? 0) <= 200 && (parsed?.types.length ?? 0) <= 20).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
