# Runs one service of a host and writes down how it ended: perl supervise.pl NAME PROGRAM ARGUMENT...
# The record outlives a power cut. A service that ends stays down: that is the drill's to see.
use strict;
use POSIX ();

my ($name, @argv) = @ARGV;

sub line_of {
  open(my $file, '<', $_[0]) or return '';
  my $line = <$file>;
  return defined $line ? $line : '';
}

# The first process of the host tells one boot from another.
my $boot = (split ' ', line_of('/proc/1/stat'))[21];

sub record {
  my ($up) = split ' ', line_of('/proc/uptime');
  open(my $file, '>>', '/var/lib/drillyard/services') or return;
  syswrite($file, join(' ', $up, $boot, $name, @_) . "\n");
  close($file);
}

my $pid = fork();
die "$name: cannot fork: $!\n" unless defined $pid;
if ($pid == 0) {
  # A session of its own: what is sent to its group must not reach its supervisor.
  POSIX::setsid();
  open(my $file, '>', "/run/$name.pid") or die "$name: cannot write its process id: $!\n";
  print $file "$$\n";
  close($file);
  record('started', $$);
  exec { $argv[0] } @argv or print STDERR "$name: cannot start $argv[0]: $!\n";
  POSIX::_exit(127);
}
waitpid($pid, 0);
record('ended', $pid, $? & 127 ? ('signal', $? & 127) : ('exit', $? >> 8));
