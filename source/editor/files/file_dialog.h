#pragma once

#include <QString>

class QWidget;

namespace kiln {
struct PreferencesFilePaths;
}

namespace kiln::editor {

class RecentFiles;

/// What a file is asked for.
struct FileQuestion {
  QString title;
  QString filter;  ///< "Kiln files (*.kiln);;All files (*)"
  bool saves = false;
  QString proposed;  ///< file or folder to begin with
};

/// The filter of a question for a picture.
QString picture_filter();

/// Asks for a file; empty: none. Folders stand at the side as the user has chosen; pictures show
/// themselves, made small beside the window.
QString ask_file(const FileQuestion& question, const RecentFiles& recent,
                 const PreferencesFilePaths& chosen, QWidget* parent);

}  // namespace kiln::editor
