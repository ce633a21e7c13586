/**
 * Runs one program inside the child process: `python3 -I -S -B -c HARNESS`. It reads `{program, limits}` from standard input,
 * which then is at its end; on file descriptor 3 it tells how the program ended.
 *
 * Three things restrict the program: limits of the kernel, which it cannot raise again; the namespaces and the
 * user that the process was started with, where there are some; and an audit hook, which cannot be removed once it is
 * set: no sockets, no other processes, no native libraries by name, no changes to files outside the working folder.
 *
 * A program that ends the process, by `sys.exit(0)` or `os._exit(0)`, has not passed: only who comes back behind the check
 * reads the token from descriptor 3 and sends it back. That is proof against accidents, which is what a model's fill is, and
 * none against a program that knows this file.
 */
export const harness = String.raw`
import json, os, resource, sys

read, write, leave, real_path, decode = os.read, os.write, os._exit, os.path.realpath, os.fsdecode
request = json.loads(sys.stdin.buffer.read())
for name, value in request["limits"].items():
    kind = getattr(resource, name)
    highest = resource.getrlimit(kind)[1]
    bound = value if highest == resource.RLIM_INFINITY else min(value, highest)
    resource.setrlimit(kind, (bound, bound))

os.environ.clear()
folder = real_path(os.getcwd())
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
forbidden = ("socket.", "subprocess.", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "os.exec",
    "os.startfile", "pty.spawn", "ctypes.dlopen", "os.kill", "os.killpg", "signal.pthread_kill")
changing = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod",
    "os.chown", "os.utime", "os.setxattr", "os.removexattr", "os.chflags", "os.lockf", "os.chroot")

def is_inside(path):
    found = real_path(decode(path))
    return found == folder or found.startswith(folder + "/")

def guard(event, arguments):
    if event.startswith(forbidden):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int) and not arguments[2] & writing:
        return
    if event == "open" or event.startswith(changing):
        for path in arguments[:2] if event in ("os.rename", "os.link", "os.symlink") else arguments[:1]:
            if isinstance(path, (str, bytes)) and not is_inside(path):
                raise PermissionError(event)

sys.addaudithook(guard)
try:
    exec(compile(request["program"], "solution.py", "exec"), {"__name__": "solution"})
except BaseException as error:
    write(3, ("!" + type(error).__name__).encode()[:64])
    leave(1)
write(3, read(3, 64))
leave(0)
`;
