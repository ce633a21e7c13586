/** Code, and its outline: a fact a line, indented by what it stands inside of, with its lines at the end. */
export type Outlines = Readonly<Record<string, readonly [code: string, outline: string]>>;

export const scriptOutlines: Outlines = {
	typescript: [
		`export async function load(url: string, retries = 3): Promise<Item[]> {
	if (retries < 0) {
		throw new RangeError('negative');
	} else if (url === '') {
		return [];
	} else {
		log(url);
	}
	const seen = new Set<string>();
	for (const item of await fetchItems(url)) {
		this.total += item.price;
		counts[item.id]++;
	}
	for (let i = 0; i < 3; i++) {
		seen.add(i);
	}
	try {
		await flush();
	} catch (error) {
		return;
	} finally {
		done();
	}
	switch (mode) {
		case 'a':
			return one();
		default:
			delete this.x;
	}
	return seen.size > 0 ? [...seen].map(id => ({ id })) : [];
}`,
		`Takes url: string, retries = 3 (1–1)
Runs asynchronously: its caller waits for it (1–1)
If retries < 0 (2–4)
  Throws new RangeError('negative') (3–3)
Otherwise, if url === '' (4–6)
  Returns [] (5–5)
Otherwise (6–8)
Loops over await fetchItems(url) (10–13)
  Waits for fetchItems(url) (10–10)
  Changes this.total, counts[item.id] (11–12)
Loops with let i = 0; i < 3; i++ (14–16)
Tries (17–19)
  Waits for flush() (18–18)
If that fails: error (19–21)
  Returns without a value (20–20)
In any case, at the end (21–23)
Chooses by mode (24–29)
  In the case 'a' (25–26)
    Returns one() (26–26)
  In any other case (27–28)
    Deletes this.x (28–28)
Returns seen.size > 0 ? [...seen].map(id => ({ id })) : [] (30–30)
Depending on seen.size > 0 (30–30)
Calls log, new Set, fetchItems, seen.add, flush, done, one, .map (7–30)`,
	],
	typescriptreact: [
		`export const View = ({ items }: Props) => {
	useEffect(() => {
		start();
		return () => stop();
	}, []);
	return <ul>{items.map(i => <li>{i}</li>)}</ul>;
};`,
		`Takes { items }: Props (1–1)
In a function of its own (2–5)
  Returns () => stop() (4–4)
Returns <ul>{items.map(i => <li>{i}</li>)}</ul> (6–6)
Calls useEffect, start, stop, items.map (2–6)`,
	],
	javascript: [
		`class Cart extends Base {
	items = [];
	constructor(x) {
		super();
		this.items = x;
	}
	get size() {
		return this.items.length;
	}
	async *walk() {
		for (const x of this.items) yield x;
	}
}
const add = (a, b) => a + b;`,
		`Defines class Cart (1–13)
  Holds items (2–2)
  Defines method constructor (3–6)
    Takes x (3–3)
    Changes this.items (5–5)
  Defines method size (7–9)
    Returns this.items.length (8–8)
  Defines method walk (10–12)
    Runs asynchronously: its caller waits for it (10–10)
    Loops over this.items (11–11)
      Yields x (11–11)
Defines function add (14–14)
  Takes a, b (14–14)
  Returns a + b (14–14)
Calls super (4–4)`,
	],
	python: [
		`async def total(self, items, tax=0.2, *, key=None):
    result = 0
    for item in items:
        if item.price > 0:
            result += item.price
        elif item.free:
            continue
        else:
            raise ValueError("bad")
    while True:
        self.x[1] = 2
        break
    names = [i.name for i in items if i.ok]
    try:
        f()
    except (OSError, ValueError) as e:
        log(e)
    else:
        g()
    match names:
        case []:
            yield await h()
        case _:
            del names[0]
    return result if names else None`,
		`Takes items, tax=0.2, key=None (1–1)
Runs asynchronously: its caller waits for it (1–1)
Loops over items (3–9)
  If item.price > 0 (4–5)
    Changes result (5–5)
  Otherwise, if item.free (6–7)
  Otherwise (8–9)
    Throws ValueError("bad") (9–9)
Loops while True (10–12)
  Changes self.x[1] (11–11)
Loops over items (13–13)
Only if i.ok (13–13)
Tries (14–15)
If that fails: (OSError, ValueError) as e (16–17)
Chooses by names (20–24)
  In the case [] (21–22)
    Yields await h() (22–22)
    Waits for h() (22–22)
  In any other case (23–24)
    Deletes names[0] (24–24)
Returns result if names else None (25–25)
Depending on names (25–25)
Calls f, log, g, h (15–22)`,
	],
};
