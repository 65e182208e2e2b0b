#include "editor/files/file_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QListView>
#include <QStandardPaths>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QUrl>

#include "document/preferences.h"
#include "editor/files/thumbnails.h"
#include "editor/session/recent_files.h"
#include "image/file_format.h"

namespace kiln::editor {
namespace {

constexpr int refresh_delay_ms = 200;

QList<QUrl> places(const RecentFiles& recent, const PreferencesFilePaths& chosen) {
  QList<QUrl> urls;
  const auto add_folder = [&](QStandardPaths::StandardLocation which) {
    const QString path = QStandardPaths::writableLocation(which);
    const QUrl url = QUrl::fromLocalFile(path);
    if (!path.isEmpty() && !urls.contains(url) && QFileInfo(path).isDir()) {
      urls.append(url);
    }
  };
  add_folder(QStandardPaths::HomeLocation);
  if (chosen.show_system_bookmarks) {
    add_folder(QStandardPaths::DesktopLocation);
    add_folder(QStandardPaths::DocumentsLocation);
    add_folder(QStandardPaths::PicturesLocation);
    add_folder(QStandardPaths::MoviesLocation);
    urls.append(QUrl::fromLocalFile(QDir::rootPath()));
  }
  for (const Path& file : chosen.show_recent_locations ? recent.paths() : std::vector<Path>()) {
    const QUrl url = QUrl::fromLocalFile(QString::fromStdString(file.parent_path().string()));
    if (!urls.contains(url)) {
      urls.append(url);
    }
  }
  return urls;
}

// Files beside each other with large pictures and their names below.
void show_as_pictures(QListView& list) {
  list.setViewMode(QListView::IconMode);
  list.setIconSize(QSize(96, 96));
  list.setGridSize(QSize(124, 132));
  list.setResizeMode(QListView::Adjust);
  list.setMovement(QListView::Static);
  list.setWordWrap(true);
  list.setUniformItemSizes(true);
}

}  // namespace

QString picture_filter() {
  QString patterns;
  for (const image::FormatTraits& format : image::all_formats()) {
    for (const QString& extension :
         QString::fromLatin1(format.all_extensions).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
      patterns += QStringLiteral(" *") + extension;
    }
  }
  return QStringLiteral("Pictures (%1);;All files (*)").arg(patterns.trimmed());
}

QString ask_file(const FileQuestion& question, const RecentFiles& recent,
                 const PreferencesFilePaths& chosen, QWidget* parent) {
  const QString everything = QStringLiteral("All files (*)");
  QFileDialog dialog(parent, question.title, {},
                     chosen.use_filter_files ? question.filter
                                             : everything + QStringLiteral(";;") + question.filter);
  if (chosen.show_hidden_files_datablocks) {
    dialog.setFilter(dialog.filter() | QDir::Hidden);
  }
  dialog.setOption(QFileDialog::DontUseNativeDialog);
  dialog.setAcceptMode(question.saves ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog.setFileMode(question.saves ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  dialog.setSidebarUrls(places(recent, chosen));
  dialog.resize(860, 520);
  if (const QFileInfo proposed(question.proposed); proposed.isDir()) {
    dialog.setDirectory(question.proposed);
  } else if (!question.proposed.isEmpty()) {
    if (!proposed.path().isEmpty() && proposed.isAbsolute()) {
      dialog.setDirectory(proposed.path());
    }
    dialog.selectFile(proposed.fileName());
  } else if (question.filter == picture_filter() && !question.saves &&
             !chosen.texture_directory.empty()) {
    dialog.setDirectory(QString::fromStdString(chosen.texture_directory));
  } else if (!recent.paths().empty()) {
    dialog.setDirectory(QString::fromStdString(recent.paths().front().parent_path().string()));
  }
  // Icons are looked up again a moment after the last small picture came.
  QTimer refresh;
  refresh.setSingleShot(true);
  Thumbnails thumbnails([&refresh] { refresh.start(refresh_delay_ms); });
  dialog.setIconProvider(&thumbnails);
  dialog.setViewMode(QFileDialog::List);
  auto* list = dialog.findChild<QListView*>(QStringLiteral("listView"));
  auto* details = dialog.findChild<QTreeView*>(QStringLiteral("treeView"));
  if (list) {
    show_as_pictures(*list);
  }
  for (QToolButton* button : dialog.findChildren<QToolButton*>()) {
    button->setStyleSheet(QStringLiteral("padding: 2px"));  // no room for signs otherwise
    button->setIconSize(QSize(16, 16));
  }
  QObject::connect(&refresh, &QTimer::timeout, &dialog, [&] {
    dialog.setIconProvider(&thumbnails);
    for (QAbstractItemView* view :
         {static_cast<QAbstractItemView*>(list), static_cast<QAbstractItemView*>(details)}) {
      if (view) {
        view->viewport()->update();
      }
    }
  });
  return dialog.exec() == QDialog::Accepted && !dialog.selectedFiles().isEmpty()
             ? dialog.selectedFiles().front()
             : QString();
}

}  // namespace kiln::editor
