; The set-up for Windows, made with
;   makensis -DVERSION=1.2.3 -DFOLDER=dist/grant-panel -DOUT=grant-panel-setup.exe set-up.nsi
; For one person without a word to anybody (/S), or with /AllUsers for every person of the computer, into
; Program Files, which an administrator runs. /NoFileTypes leaves out what opens with a double click; /D=PATH,
; the last word, names another folder.
Unicode true
ManifestDPIAware true
!ifdef QUICK ; for a trial
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
RequestExecutionLevel user
AllowSkipFiles off ; else a silent set-up leaves out what it cannot write, and says that all is done
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh
!insertmacro GetParameters
!insertmacro GetOptions
!insertmacro GetSize

!define PRODUCT "Grant Panel"
!define WINDOW "grant-panel-window.exe"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\GrantPanel"
!define CLASSES "Software\Classes"
!define NOT_ADMINISTRATOR 2
!define IN_USE 3
!define NOT_OURS 4
!define HALF_DONE 5

Name "${PRODUCT}"
OutFile "${OUT}"
!ifdef UNINSTALLER ; a command on the uninstaller (%1): a release takes it out, signs it, and puts it back
  !uninstfinalize '${UNINSTALLER}' = 0
!endif
BrandingText "${PRODUCT} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2057 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "FileDescription" "Set-up of ${PRODUCT}"
VIAddVersionKey /LANG=2057 "CompanyName" "${PRODUCT}"
VIAddVersionKey /LANG=2057 "LegalCopyright" "${PRODUCT}"
!ifdef ICON
  Icon "${ICON}"
  UninstallIcon "${ICON}"
!endif

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Var ForAll ; "1" where the whole computer is meant
Var NoFileTypes ; "1" where the endings are left to others

; A program that runs may be renamed, but cannot be opened to be written: then nothing is touched.
!macro RefuseIfOpen UN PROGRAM
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $R2 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      Push ${IN_USE}
      Push "${PRODUCT} is open. Close its windows and try again. Nothing was changed."
      Call ${UN}Stop
    ${EndIf}
    FileClose $R2
  ${EndIf}
!macroend

; What both halves of the set-up need to know: for whom, and where that is written down.
!macro Shared UN
Function ${UN}Stop
  ; On the stack: the words, then the exit status.
  Exch $R0
  Exch
  Exch $R1
  MessageBox MB_OK|MB_ICONSTOP "$R0" /SD IDOK
  SetErrorLevel $R1
  Quit
FunctionEnd

Function ${UN}ForWhom
  SetRegView 64
  ${If} $ForAll == "1"
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      Push ${NOT_ADMINISTRATOR}
      Push "${PRODUCT} is for everybody on this computer, so an administrator has to do this. Nothing was changed."
      Call ${UN}Stop
    ${EndIf}
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

Function ${UN}RefuseWhileOpen
  !insertmacro RefuseIfOpen "${UN}" "${WINDOW}"
  !insertmacro RefuseIfOpen "${UN}" "grant-panel.exe"
  !insertmacro RefuseIfOpen "${UN}" "grant-panel-reader.exe"
FunctionEnd

; Only what the set-up brought, by name: the folder may be one that holds other things.
Function ${UN}RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\grant-panel.exe"
  Delete "$INSTDIR\grant-panel-reader.exe"
FunctionEnd
!macroend
!insertmacro Shared ""
!insertmacro Shared "un."

!macro FileType ENDING KIND WORDS
  WriteRegStr SHCTX "${CLASSES}\${ENDING}" "" "${KIND}"
  WriteRegStr SHCTX "${CLASSES}\${KIND}" "" "${WORDS}"
  WriteRegStr SHCTX "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
!macroend

!macro ForgetFileType ENDING KIND
  ReadRegStr $0 SHCTX "${CLASSES}\${ENDING}" ""
  ${If} $0 == "${KIND}" ; another program may have taken the ending since
    DeleteRegKey SHCTX "${CLASSES}\${ENDING}"
  ${EndIf}
  DeleteRegKey SHCTX "${CLASSES}\${KIND}"
!macroend

!macro TellTheDesktop
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; icons and file types are read again
!macroend

Function .onInit
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $ForAll "1"
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NoFileTypes" $R1
  ${IfNot} ${Errors}
    StrCpy $NoFileTypes "1"
  ${EndIf}
  Call ForWhom
  ${If} $INSTDIR == "" ; /D= was not given
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${PRODUCT}"
    ${If} $ForAll == "1"
      StrCpy $INSTDIR "$PROGRAMFILES64\${PRODUCT}"
    ${EndIf}
    ReadRegStr $0 SHCTX "${LISTED}" "InstallLocation" ; a newer version goes where the older one is
    ${If} $0 != ""
      StrCpy $INSTDIR $0
    ${EndIf}
  ${EndIf}
FunctionEnd

; Another program may keep its libraries under the same name: they are not ours to remove.
Function RefuseOthers
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${WINDOW}"
    Push ${NOT_OURS}
    Push "$INSTDIR holds another program. Choose another folder. Nothing was changed."
    Call Stop
  ${EndIf}
FunctionEnd

Function .onInstFailed
  SetErrorLevel ${HALF_DONE}
FunctionEnd

Section
  Call RefuseWhileOpen
  Call RefuseOthers
  Call RemoveProgram
  SetOutPath "$INSTDIR"
  File "${FOLDER}/${WINDOW}" ; first, so that what is broken off is known for ours
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${WINDOW}"
  ${If} $NoFileTypes == "1"
    !insertmacro ForgetFileType ".panel" "GrantPanel.Record"
    !insertmacro ForgetFileType ".gpack" "GrantPanel.Pack"
  ${Else}
    !insertmacro FileType ".panel" "GrantPanel.Record" "Grant Panel record"
    !insertmacro FileType ".gpack" "GrantPanel.Pack" "Grant Panel pack"
  ${EndIf}
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr SHCTX "${LISTED}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${LISTED}" "Publisher" "${PRODUCT}"
  WriteRegStr SHCTX "${LISTED}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${LISTED}" "EstimatedSize" $0
  WriteRegDWORD SHCTX "${LISTED}" "NoModify" 1
  WriteRegDWORD SHCTX "${LISTED}" "NoRepair" 1
  !insertmacro TellTheDesktop
SectionEnd

Function un.onInit
  SetRegView 64
  ReadRegStr $0 HKLM "${LISTED}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $ForAll "1"
  ${EndIf}
  Call un.ForWhom
FunctionEnd

Section Uninstall
  Call un.RefuseWhileOpen
  Call un.RemoveProgram
  Delete "$INSTDIR\defaults.toml"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays where somebody put files of their own there
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  !insertmacro ForgetFileType ".panel" "GrantPanel.Record"
  !insertmacro ForgetFileType ".gpack" "GrantPanel.Pack"
  DeleteRegKey SHCTX "${LISTED}"
  !insertmacro TellTheDesktop
SectionEnd
