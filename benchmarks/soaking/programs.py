"""The programs of a soak: how many of which temper, and the configuration that has them."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# temper: share of a thousand, further options
TEMPERS = {
    "chat": (200, "stdout_logfile_maxbytes={rotate}"),
    "calm": (130, "stopsignal=INT"),
    "crash": (120, "stdout_logfile_maxbytes={rotate}\nautorestart=unexpected\nstartsecs=0"),
    "once": (100, "stdout_logfile_maxbytes={rotate}\nautorestart=unexpected\nstartsecs=0"),
    "deaf": (70, "stopwaitsecs=1\nstdout_logfile_maxbytes={rotate}"),
    "fork": (80, "stopasgroup=true\nstopwaitsecs=2"),
    "fail": (70, "startretries=2\nstartsecs=1"),
    "hang": (50, "stopwaitsecs=1"),
    "capture": (50, "stdout_logfile_maxbytes={rotate}\nstdout_capture_maxbytes=1MB"),
    "moved": (40, "stdout_logfile_maxbytes=0"),
    "loud": (20, "stdout_logfile_maxbytes={rotate_loud}"),
    "cleared": (30, "stdout_logfile_maxbytes=20KB\nstdout_logfile_backups=2"),
    "stdin": (20, "stderr_logfile=NONE"),
    "missing": (20, ""),
}
COMERS = 8
# their logs hold all that was ever said
ACCOUNTED = ("chat", "crash", "once", "deaf", "capture", "moved", "loud", "comer")
BACKUPS = 400
STOPPED_AT_ONCE_SECONDS = 10


class Programs:
    """What is configured, and where it logs. `directory` has everything."""

    def __init__(self, directory, count, seconds):
        self.directory = directory
        self.counts = {temper: max(1, round(share * count / 1000)) for temper, (share, _) in TEMPERS.items()}
        # chatting at 2 kB a second an hour long makes about 40 files
        self.rotate = max(20_000, int(seconds * 50))
        self.comers = {f"comer{i}" for i in range(COMERS)}
        self.names = [f"{t}:{t}_{i}" for t, n in self.counts.items() for i in range(n)]
        for each in ("logs", "conf"):
            os.makedirs(self.path(each), exist_ok=True)

    def path(self, *name):
        return os.path.join(self.directory, *name)

    @property
    def journal(self):
        return self.path("journal")

    def of(self, *tempers):
        return [name for name in self.names if name.split(":")[0] in tempers]

    def logs(self):
        """log file by process, of those whose output is accounted for"""
        found = {name: self.path("logs", f"{name.split(':')[1]}.log") for name in self.of(*ACCOUNTED)}
        found.update({f"comer{i}": self.path("logs", f"comer{i}.log") for i in range(COMERS)})
        return found

    def write(self, port):
        with open(self.path("supervisord.conf"), "w", encoding="utf-8") as conf:
            conf.write(f"""[supervisord]
logfile={self.directory}/supervisord.log
logfile_maxbytes=0
pidfile={self.directory}/supervisord.pid
childlogdir={self.directory}/logs
identifier=soak
minfds=4096
environment=SOAK="{self.directory}"
[inet_http_server]
port=127.0.0.1:{port}
[unix_http_server]
file={self.directory}/supervisor.sock
[supervisorctl]
serverurl=unix://{self.directory}/supervisor.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[include]
files={self.directory}/conf/*.conf
""")
            for temper, count in self.counts.items():
                conf.write(self._program(temper, count))
            conf.write(self._listener("keeper", "PROCESS_STATE,PROCESS_COMMUNICATION,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE",
                                      f"buffer_size=100000\n", self.journal))
            conf.write(self._listener("refuser", "PROCESS_STATE_EXITED,TICK_5", "numprocs=2\n"
                                      "process_name=refuser_%(process_num)d\n"))
            conf.write(self._listener("mortal", "PROCESS_STATE", "buffer_size=20\n"))
            conf.write(self._listener("sluggish", "EVENT", "buffer_size=10\n"))
        for comer in self.comers:
            self.come(comer)

    def come(self, comer, startsecs=1):
        """has the next reread find this program (with another `startsecs`: find it changed)"""
        with open(self.path("conf", comer + ".conf"), "w", encoding="utf-8") as conf:
            conf.write(f"[program:{comer}]\ncommand={HERE}/temper.sh comer\nstartsecs={startsecs}\n"
                       f"stdout_logfile={self.path('logs', comer + '.log')}\nstdout_logfile_maxbytes={self.rotate}\n"
                       f"stdout_logfile_backups={BACKUPS}\n")

    def go(self, comer):
        """has the next reread miss it"""
        try:
            os.unlink(self.path("conf", comer + ".conf"))
        except FileNotFoundError:
            pass  # gone already

    def _program(self, temper, count):
        options = TEMPERS[temper][1].format(rotate=self.rotate, rotate_loud=self.rotate * 40)
        command = "/nonexistent/program" if temper == "missing" else f"{HERE}/temper.sh {temper}"
        log = f"stdout_logfile={self.directory}/logs/%(program_name)s_%(process_num)d.log\n" if temper != "calm" else ""
        backups = "" if "backups" in options else f"stdout_logfile_backups={BACKUPS}\n"
        return (f"[program:{temper}]\ncommand={command}\nnumprocs={count}\n"
                f"process_name=%(program_name)s_%(process_num)d\n{log}{backups}{options}\n")

    def _listener(self, temper, events, options, *arguments):
        return (f"[eventlistener:{temper}]\ncommand={sys.executable} {HERE}/listener.py {' '.join((temper, *arguments))}\n"
                f"events={events}\n{options}")
