// What a machine can do to the programs on it, and no program can be asked to do to itself: a wall clock that jumps while
// they run, and a stick that stands still in the middle of a write, so that it can be pulled out just then.
// Loaded before the C library (LD_PRELOAD). Everything else is left as it is, the clock that counts from the start too.
#define _GNU_SOURCE
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

// Seconds by which the wall clock is ahead, in a file that every program of the machine has mapped.
static const volatile int64_t *ahead_s;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("MACHINE_AHEAD");
  int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof *ahead_s, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) ahead_s = mapped;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int done = (int)syscall(SYS_clock_gettime, clock, now);
  if (done == 0 && ahead_s && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += *ahead_s;
  return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int done = (int)syscall(SYS_gettimeofday, now, zone);
  if (done == 0 && ahead_s) now->tv_sec += *ahead_s;
  return done;
}

time_t time(time_t *told) {
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return (time_t)-1;
  if (told) *told = now.tv_sec;
  return now.tv_sec;
}

// Whether the file is one at which the stick stands still, by its path.
static int is_slow(int fd) {
  const char *pattern = getenv("MACHINE_SLOW");
  char link[32], path[PATH_MAX];
  if (!pattern) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fnmatch(pattern, path, 0) == 0;
}

int fsync(int fd) {
  const char *gate = getenv("MACHINE_GATE");
  // As long as there is a pipe of this name, what is slow waits until somebody has opened it and closed it again.
  int waits = gate && is_slow(fd) ? open(gate, O_RDONLY | O_CLOEXEC) : -1;
  if (waits >= 0) {
    char nothing;
    while (read(waits, &nothing, 1) > 0) {
    }
    close(waits);
  }
  return (int)syscall(SYS_fsync, fd);
}
