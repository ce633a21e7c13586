import type { Outlines } from './scripts';

export const compiledOutlines: Outlines = {
	go: [
		`func (s *Server) Serve(l net.Listener, n int) (int, error) {
	for i := 0; i < n; i++ {
		s.count++
	}
	for _, c := range s.conns {
		if err := c.Close(); err != nil {
			return 0, err
		} else {
			go c.run()
		}
	}
	for {
		select {
		case <-s.done:
			return 1, nil
		default:
			s.state = idle
		}
	}
	defer l.Close()
	switch x := y.(type) {
	case int:
		panic("x")
	}
	for n > 0 {
		n -= 1
	}
	return 0, nil
}`,
		`Takes l net.Listener, n int (1–1)
Loops with i := 0; i < n; i++ (2–4)
  Changes s.count (3–3)
Loops over s.conns (5–11)
  If err := c.Close(); err != nil (6–8)
    Returns 0, err (7–7)
  Otherwise (8–10)
    Starts in the background c.run() (9–9)
Loops until it is left (12–19)
  Chooses by what is ready first (13–18)
    In the case <-s.done (14–16)
      Returns 1, nil (15–15)
    In any other case (16–18)
      Changes s.state (17–17)
At its end, runs l.Close() (20–20)
Chooses by y (21–24)
  In the case int (22–24)
    Throws panic("x") (23–23)
Loops while n > 0 (25–27)
  Changes n (26–26)
Returns 0, nil (28–28)
Calls c.Close, c.run, l.Close (6–20)`,
	],
	rust: [
		`pub fn parse(&self, input: &str) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    for b in input.bytes() {
        match b {
            b'a' => out.push(1),
            _ => return Err(Error::Bad),
        }
    }
    while let Some(x) = self.next() {
        self.count += 1;
    }
    let y = self.read()?;
    if y == 0 {
        panic!("no");
    }
    if out.is_empty() {
        Err(Error::Empty)
    } else {
        Ok(out.iter().map(|x| x + 1).collect::<Vec<_>>())
    }
}`,
		`Takes input: &str (1–1)
Loops over input.bytes() (3–8)
  Chooses by b (4–7)
    In the case b'a' (5–5)
    In any other case (6–6)
      Returns Err(Error::Bad) (6–6)
Loops while let Some(x) = self.next() (9–11)
  Changes self.count (10–10)
Passes on an error of self.read() (12–12)
If y == 0 (13–15)
  Throws panic!("no") (14–14)
If out.is_empty() (16–18)
  Returns Err(Error::Empty) (17–17)
Otherwise (18–20)
  Returns Ok(out.iter().map(|x| x + 1).collect::<Vec<_>>()) (19–19)
Calls Vec::new, input.bytes, out.push, self.next, self.read, out.is_empty, out.iter, .map, .collect (2–19)`,
	],
	java: [
		`public int sum(List<Integer> xs, int n) throws IOException {
	for (int v : xs) {
		this.x += v;
	}
	for (int i = 0; i < n; i++) {
		list.add(new Foo(i));
	}
	switch (n) {
		case 1:
			return 1;
		default:
			break;
	}
	try {
		go();
	} catch (IOException e) {
		throw new RuntimeException(e);
	}
	return n > 0 ? x : -x;
}`,
		`Takes List<Integer> xs, int n (1–1)
Loops over xs (2–4)
  Changes this.x (3–3)
Loops with int i = 0; i < n; i++ (5–7)
Chooses by n (8–13)
  In the case 1 (9–10)
    Returns 1 (10–10)
  In any other case (11–12)
Tries (14–16)
If that fails: IOException e (16–18)
  Throws new RuntimeException(e) (17–17)
Returns n > 0 ? x : -x (19–19)
Depending on n > 0 (19–19)
Calls list.add, new Foo, go (6–15)`,
	],
	cpp: [
		`int *sum(const std::vector<int>& xs, int n) {
	for (auto x : xs) {
		total += x;
	}
	for (int i = 0; i < n; ++i) {
		p->v = i;
	}
	do {
		n--;
	} while (n > 0);
	switch (n) {
	case 1:
		return a;
	default:
		break;
	}
	if (n) {
		throw std::runtime_error("x");
	} else {
		delete p;
	}
	return n ? p : nullptr;
}`,
		`Takes const std::vector<int>& xs, int n (1–1)
Loops over xs (2–4)
  Changes total (3–3)
Loops with int i = 0; i < n; ++i (5–7)
  Changes p->v (6–6)
Loops while n > 0 (8–10)
  Changes n (9–9)
Chooses by n (11–16)
  In the case 1 (12–13)
    Returns a (13–13)
  In any other case (14–15)
If n (17–19)
  Throws std::runtime_error("x") (18–18)
Otherwise (19–21)
  Deletes p (20–20)
Returns n ? p : nullptr (22–22)
Depending on n (22–22)`,
	],
};
