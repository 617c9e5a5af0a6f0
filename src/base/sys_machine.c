/* SPDX-License-Identifier: Apache-2.0 */
/* Time, memory, chance, the terminal, numbers, the network. */
#define _GNU_SOURCE /* dladdr */
#include "base/sys.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* ------------------------------------------------------------------------------------------ memory */

void ty_sys_share_heaps(int count)
{
#ifdef __GLIBC__
    (void)mallopt(M_ARENA_MAX, count); /* it costs memory where that fails */
#else
    (void)count;
#endif
}

void ty_sys_give_memory_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/* ------------------------------------------------------------------------------------------ time */

static int64_t ask_clock(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t ty_sys_clock(void)
{
    return ask_clock(CLOCK_MONOTONIC);
}

int64_t ty_sys_now(void)
{
    return ask_clock(CLOCK_REALTIME);
}

int64_t ty_sys_spent(void)
{
    return ask_clock(CLOCK_THREAD_CPUTIME_ID);
}

void ty_sys_sleep(int64_t nanoseconds)
{
    nanosleep(&(struct timespec){nanoseconds / 1000000000, nanoseconds % 1000000000}, NULL);
}

/* ------------------------------------------------------------------------------------------ the machine */

size_t ty_sys_core_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : (size_t)cores;
}

size_t ty_sys_page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

void ty_sys_prefer_large_pages(void *bytes, size_t size)
{
#ifdef MADV_HUGEPAGE
    size_t page = ty_sys_page_size(), used = (uintptr_t)bytes % page;
    size_t start = used ? page - used : 0;
    if (start < size)
        (void)madvise((char *)bytes + start, size - start, MADV_HUGEPAGE);
#else
    (void)bytes;
    (void)size;
#endif
}

bool ty_sys_random(void *into, size_t size)
{
    return getrandom(into, size, 0) == (ssize_t)size;
}

bool ty_sys_is_terminal(int file)
{
    return isatty(file);
}

bool ty_sys_functions(const char *library, const char *const names[], size_t count, void *into)
{
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    bool found = handle != NULL;
    for (size_t i = 0; i < count && found; i++) {
        void *function = dlsym(handle, names[i]);
        memcpy((char *)into + i * sizeof function, &function, sizeof function);
        found = function != NULL;
    }
    return found;
}

/* In a library its own file, in a program that holds all of it that of the program. */
bool ty_sys_own_file(char out[TY_SYS_PATH_MAX + 1])
{
    Dl_info info;
    bool named = dladdr((const void *)&ty_sys_own_file, &info) && info.dli_fname;
    char *real = named && strchr(info.dli_fname, '/') ? realpath(info.dli_fname, NULL) : NULL;
    ssize_t size = real ? -1 : readlink("/proc/self/exe", out, TY_SYS_PATH_MAX);
    bool fits = real && strlen(real) <= TY_SYS_PATH_MAX;
    if (fits)
        strcpy(out, real);
    else if (size > 0)
        out[size] = '\0';
    free(real);
    return fits || size > 0;
}

/* ------------------------------------------------------------------------------------------ numbers */

/* A whole "C" locale costs glibc and musl no allocation. */
ty_sys_numbers ty_sys_plain_numbers(void)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return (ty_sys_numbers){plain, plain ? uselocale(plain) : (locale_t)0};
}

void ty_sys_let_numbers(ty_sys_numbers numbers)
{
    if (!numbers.plain)
        return;
    uselocale(numbers.before);
    freelocale(numbers.plain);
}

/* ------------------------------------------------------------------------------------------ network */

bool ty_sys_is_local(const void *address)
{
    const struct sockaddr *any = address;
    const struct sockaddr_in *four = address;
    const struct sockaddr_in6 *six = address;
    return any->sa_family == AF_INET ? ntohl(four->sin_addr.s_addr) >> 24 == 127
                                     : IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

bool ty_sys_parse_address(const char *text, ty_sys_address *out)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    *out = (ty_sys_address){0};
    bool is_four = inet_pton(AF_INET, text, &four.sin_addr) == 1;
    if (!is_four && inet_pton(AF_INET6, text, &six.sin6_addr) != 1)
        return false;
    out->six = !is_four;
    out->size = is_four ? sizeof four : sizeof six;
    memcpy(out->at.bytes, is_four ? (const void *)&four : (const void *)&six, out->size);
    out->local = ty_sys_is_local(out->at.bytes);
    out->any = is_four ? four.sin_addr.s_addr == 0 : IN6_IS_ADDR_UNSPECIFIED(&six.sin6_addr);
    return true;
}

static void set_port(ty_sys_address *address, int port)
{
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)address->at.aligned;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)address->at.aligned;
    if (address->six)
        six->sin6_port = htons((uint16_t)port);
    else
        four->sin_port = htons((uint16_t)port);
}

int ty_sys_listen(const ty_sys_address *address, int port, int waiting)
{
    ty_sys_address at = *address;
    const struct sockaddr *any = (const struct sockaddr *)(const void *)at.at.aligned;
    int yes = 1;
    set_port(&at, port);
    int listening = socket(any->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0)
        return -1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening, any, (socklen_t)at.size) == 0 && listen(listening, waiting) == 0)
        return listening;
    int kept = errno;
    close(listening);
    errno = kept;
    return -1;
}

bool ty_sys_is_broken(int socket)
{
    struct pollfd one = {.fd = socket};
    return poll(&one, 1, 0) > 0 && (one.revents & (POLLERR | POLLHUP | POLLNVAL));
}

void ty_sys_shut_down(int socket)
{
    shutdown(socket, SHUT_RDWR);
}
