#include "platform/watch.hpp"

#include <sys/inotify.h>

#include <cerrno>

namespace fieldnote::platform {

Result<Descriptor> watch_folders(std::span<const fs::path> folders) {
  Descriptor watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!watch) return os_error(errno, "inotify");
  for (const fs::path& folder : folders)
    if (::inotify_add_watch(watch.get(), folder.c_str(),
                            IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
                                IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR) < 0 &&
        errno != ENOENT)
      return os_error(errno, folder.string());
  return watch;
}

}  // namespace fieldnote::platform
