# SPDX-License-Identifier: Apache-2.0
# Keeps an OmegaT project in step with a desk, by hand or from the task scheduler:
#   powershell -ExecutionPolicy Bypass -File omegat.ps1 http://HOST/t/TOKEN PROJECT
param([Parameter(Mandatory)][string]$Address, [Parameter(Mandatory)][string]$Project)
$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'
if (-not (Test-Path -LiteralPath $Project -PathType Container)) { throw "There is no folder $Project" }
$mark = Join-Path $Project '.taiyaku-state'
$last = Join-Path $Project '.taiyaku-last.zip'
$new = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString())
$zip = Join-Path $new 'all.zip'; $files = Join-Path $new 'files'; $old = Join-Path $new 'old'
New-Item -ItemType Directory -Path $new | Out-Null
try {
    $tls = [Net.ServicePointManager]::SecurityProtocol   # 0: what the system thinks best
    if ([int]$tls -ne 0) { [Net.ServicePointManager]::SecurityProtocol = $tls -bor [Net.SecurityProtocolType]::Tls12 }
    $client = New-Object Net.WebClient
    if (Test-Path -LiteralPath $mark) { $client.Headers['If-None-Match'] = "$(Get-Content -LiteralPath $mark -Raw)".Trim() }
    $client.DownloadFile("$($Address.TrimEnd('/'))/omegat.zip", $zip)
    Expand-Archive -LiteralPath $zip -DestinationPath $files -ErrorAction Stop   # it does not know of our preference
    Get-ChildItem -LiteralPath $files -Force | Copy-Item -Destination $Project -Recurse -Force
    if (Test-Path -LiteralPath $last) {   # what is no longer sent goes, unless somebody changed it
        Expand-Archive -LiteralPath $last -DestinationPath $old -ErrorAction Stop
        foreach ($way in Get-ChildItem -LiteralPath $old -Recurse -File -Name) {
            $ours = Join-Path $Project $way
            if ((Test-Path -LiteralPath (Join-Path $files $way)) -or -not (Test-Path -LiteralPath $ours)) { continue }
            $same = (Get-FileHash -LiteralPath $ours).Hash -eq (Get-FileHash -LiteralPath (Join-Path $old $way)).Hash
            if ($same) { Remove-Item -LiteralPath $ours }
        }
    }
    Copy-Item -LiteralPath $zip -Destination $last -Force
    Set-Content -LiteralPath $mark -Value $client.ResponseHeaders['ETag']
} catch {
    $cause = $_.Exception
    while ($cause -and $cause -isnot [Net.WebException]) { $cause = $cause.InnerException }
    if (-not $cause -or [int]$cause.Response.StatusCode -ne 304) { throw }   # 304: nothing has changed
} finally { Remove-Item -Recurse -Force -LiteralPath $new }
