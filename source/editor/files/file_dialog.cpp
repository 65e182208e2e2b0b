#include "editor/files/file_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QListView>
#include <QStandardPaths>
#include <QTimer>
#include <QUrl>

#include "editor/files/thumbnails.h"
#include "editor/session/recent_files.h"

namespace kiln::editor {
namespace {

constexpr int refresh_delay_ms = 200;

QList<QUrl> places(const RecentFiles& recent) {
  QList<QUrl> urls{
      QUrl::fromLocalFile(QStandardPaths::writableLocation(QStandardPaths::HomeLocation))};
  for (const Path& file : recent.paths()) {
    const QUrl url = QUrl::fromLocalFile(QString::fromStdString(file.parent_path().string()));
    if (!urls.contains(url)) {
      urls.append(url);
    }
  }
  return urls;
}

}  // namespace

QString ask_file(const FileQuestion& question, const RecentFiles& recent, QWidget* parent) {
  QFileDialog dialog(parent, question.title, {}, question.filter);
  dialog.setOption(QFileDialog::DontUseNativeDialog);
  dialog.setAcceptMode(question.saves ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog.setFileMode(question.saves ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  dialog.setSidebarUrls(places(recent));
  dialog.resize(860, 520);
  if (const QFileInfo proposed(question.proposed); proposed.isDir()) {
    dialog.setDirectory(question.proposed);
  } else if (!question.proposed.isEmpty()) {
    if (!proposed.path().isEmpty() && proposed.isAbsolute()) {
      dialog.setDirectory(proposed.path());
    }
    dialog.selectFile(proposed.fileName());
  } else if (!recent.paths().empty()) {
    dialog.setDirectory(QString::fromStdString(recent.paths().front().parent_path().string()));
  }
  // Icons are looked up again a moment after the last small picture came.
  QTimer refresh;
  refresh.setSingleShot(true);
  Thumbnails thumbnails([&refresh] { refresh.start(refresh_delay_ms); });
  QObject::connect(&refresh, &QTimer::timeout, &dialog,
                   [&] { dialog.setIconProvider(&thumbnails); });
  dialog.setIconProvider(&thumbnails);
  for (QListView* list : dialog.findChildren<QListView*>(QStringLiteral("listView"))) {
    list->setIconSize(QSize(48, 48));
  }
  return dialog.exec() == QDialog::Accepted && !dialog.selectedFiles().isEmpty()
             ? dialog.selectedFiles().front()
             : QString();
}

}  // namespace kiln::editor
