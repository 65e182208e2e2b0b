#pragma once

#include "core/result.h"

namespace kiln {

/// Older versions of a file, kept beside it: `scene.kiln1` is what `scene.kiln` was before the last
/// save, `scene.kiln2` what it was before the one before that. At every moment the file itself is
/// there, whole.

Path version_path(const Path& file, int number);

/// Before another file is put in the place of `file`: it stays, and becomes version 1 too; the
/// others move up, what is beyond `count` goes. Without effect where `file` is missing.
void shift_versions(const Path& file, int count);

/// Puts version `count` in the place of the file, which becomes version 1; the others move up.
Result<void> rotate_versions(const Path& file, int count);

/// Makes the file `made` version 1; the others move up, what is beyond `count` goes.
Result<void> add_version(const Path& file, int count, const Path& made);

/// Copies a file, sharing its extents where the file system can.
Result<void> copy_whole_file(const Path& from, const Path& to);
/// The same if it takes no more than some 20 ms; false and no copy else.
bool copy_shared_or_small(const Path& from, const Path& to);

/// A program that was killed in the middle of an incremental save leaves a journal beside the file. It
/// belongs to that file alone: the next one to open it would roll it back into whatever has the name by
/// then. This settles it, if there is one; to be called before the file is moved or replaced.
void settle_journal(const Path& path);

// What is written beside a file, until it is complete.

Path folder_of(const Path& file);
/// The name tells which process is at it.
Path temporary_name(const Path& file);
/// Removes what processes that are gone have left half-written.
void remove_leftovers(const Path& file);
/// Asks the system to write a file or folder to the disk.
bool flush_to_disk(const Path& path);

}  // namespace kiln
